// The reader's desk: where the reader is, what is on the screen, what has been asked. Turns wishes into questions for
// the worker and answers into a Screen. No ImGui; the UI thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/app/form_desk.h"
#include "client/app/index_thread.h"
#include "client/app/library.h"
#include "client/app/own_desk.h"
#include "client/app/query_worker.h"
#include "client/app/sync_thread.h"
#include "client/model/address.h"
#include "client/ui/screen.h"
#include "client/ui/tabs.h"

namespace daftar::app {

// What the desk asks of the rest of the program.
struct DeskHooks {
  std::function<void()> sync_now;       // sends and fetches at once
  std::function<void(int step)> scale;  // larger, smaller, as at first
  std::function<void()> toggle_theme;
  // Writes a file that is the reader's own, beside those that are there; its path. By any thread.
  std::function<StatusOr<std::string>(const std::string& name, const std::string& suffix, const std::string& bytes)>
      save_file;
  std::function<void()> end_session;  // syncing was paused
  // A choice of the page of settings, and a section of it as at first; both speak as chosen when they return.
  std::function<void(const std::string& setting, const std::string& code)> set;
  std::function<void(const std::string& section)> reset;
  std::function<Settings()> settings;                // as it is set now
  std::function<void(float width)> keep_side_width;  // of the panel at the side; empty: nobody keeps it
};

class Desk final : public ui::Wishes {
 public:
  // Opens the tab that was shown. `wake` is called, by another thread, whenever Drain has something to do.
  Desk(Library& library, std::function<void()> wake, DeskHooks hooks, const ui::OpenTabs& tabs);

  // Waits until what the reader has written for himself is kept.
  ~Desk() override {
    forms_.Flush();
    own_.Flush();
  }

  // A search that was typed is narrowed when typing has rested for so long.
  static constexpr int64_t kCountRestMs = 120;
  // Nobody sees a letter come half a frame later, and most searches take less.
  static constexpr int64_t kAwaitMs = 8;

  // Puts the answers that wait on the screen. How many they were.
  size_t Drain();
  // After a frame in which something was typed: waits a moment for what is found, so that the next picture on the
  // screen has both. True if there is an answer to be drained. At once if nothing was typed since the last call.
  bool AwaitHits();
  // Waits for the answers to all that is asked, then drains.
  void WaitUntilSettled();

  ui::Screen& screen() { return screen_; }
  ui::OpenTabs open_tabs() const { return tabs_.open(); }
  // Nothing is on its way.
  bool settled() const { return !screen_.loading; }

  // How syncing goes has changed; the dataset may have.
  void OnSync(const SyncProgress& progress);
  // More of the replica is indexed, or it cannot be: a search that lacked some of it is done again.
  void OnIndex(const IndexProgress& progress);
  // Time passes, on a clock that never goes back; when something is to be done then, if nothing happens before.
  void Tick(int64_t now_ms);
  std::optional<int64_t> due_ms() const;
  // A minute has passed: ages have changed.
  void OnMinute();

  void Open(const std::string& address) override;
  void Replace(const std::string& address) override;
  void OpenBeside(const std::string& address) override;
  void NewTab() override;
  void GoToTab(size_t tab) override;
  void CycleTabs(bool back) override;
  void CloseTab(size_t tab) override;
  void ReopenTab() override;
  void Back() override;
  void Forward() override;
  void Search(const std::string& text) override;
  void SyncNow() override;
  void Run(CommandId command) override;
  void AddAccount() override;
  void BeginForm(const forms::Wish& wish) override { forms_.Begin(wish); }
  void FormTyped(forms::Node field) override { forms_.Typed(field); }
  void FormPassage() override { forms_.ReadPassage(); }
  void FormComplete(forms::Node field) override { forms_.Complete(field); }
  void PickOnMap(forms::Node field) override;
  void PickedOnMap(LatLon at) override { forms_.Picked(at); }
  void GiveUpPicking() override { forms_.GiveUp(); }
  void CheckForm() override { forms_.Check(); }
  void PreviewBulk() override { forms_.Preview(); }
  void SendForm() override { forms_.Send(); }
  void DropForm() override { forms_.Drop(); }
  void UndoForm(bool redo) override { forms_.Undo(redo); }
  void KeepForm() override { forms_.Keep(); }
  void Decide(uint64_t conflict, Side side) override;
  void Hold(uint64_t edit, bool hold) override;
  void ExportOutbox() override;
  void DismissNotice() override;
  void Act(const forms::RecordAction& action) override;
  void TakeBack() override;
  void NeedRows(size_t first) override;
  void MoreHits() override;
  void SavePicture() override;
  void KeepScroll(float scroll) override;
  void StandAt(const std::string& address) override;
  void Describe(std::vector<uint32_t> items) override;
  void MoveMap(const MapPlace& place, const WorldBox& box) override;
  void LookAtMap(uint32_t record) override;
  void OpenFromMap(uint32_t record, bool beside) override;
  void Preview(const std::string& address) override;
  void ToggleSide() override;
  void SetSideWidth(float width, bool settled) override;
  void Scale(int step) override;
  void ToggleTheme() override;
  void Set(const std::string& setting, const std::string& code) override;
  void ResetSettings(const std::string& section) override;
  void PauseSync(bool pause) override;
  void Verify(bool begin) override;
  void ToggleMirror() override;
  void TogglePin() override;
  void Keep(const OwnChange& change) override { own_.Keep(change); }
  void NoteTyped() override { own_.NoteTyped(); }
  void NoteLeft() override { own_.NoteLeft(); }

 private:
  // Reads the page of the current address; `turned`: the reader has come to it.
  void Load(bool turned);
  ui::History& history() { return tabs_.current().history; }
  void ShowTabs();
  // The page that is shown, if it tells of what has changed now.
  void Renew(bool settings, bool sync);
  // Another language, calendar or digits: everything that was said is said anew.
  void SayAnew();
  void ReadTitles();
  // What just happened is said so, and anew in another language; no words: nothing.
  void Tell(std::function<std::string()> words);
  // An edit is in the outbox: says so, and sends it.
  void FormSent(bool bulk);
  void Sent();
  // Something was done to a record, or could not be.
  void Acted(const StatusOr<forms::ActionDone>& done, bool may_take_back);
  // The record in the panel at the side, if that is open.
  void ReadSide();
  // Counts, ages and what waits.
  void ReadState();
  void Show(decltype(ui::Screen::content) content, const std::string& address, bool turned);
  // A timeline that was read again stays where it was moved to; one whose query is half typed stays as it was.
  void KeepTimeline(decltype(ui::Screen::content)& content, bool turned) const;
  // A search that has nothing to show yet, because it is half typed, stands above what was found before it.
  void KeepHits(decltype(ui::Screen::content)& content) const;
  // Counts what would narrow the search that is shown, and reads the rest of its hits.
  void CountFacets();

  Library& library_;
  const std::function<void()> wake_;
  const DeskHooks hooks_;
  ui::Tabs tabs_;
  ui::Screen screen_;
  SyncProgress sync_;
  std::string index_error_;
  size_t first_row_ = 0;                   // with which the rows of a long list begin
  bool typing_ = false;                    // the search at hand is being typed
  bool typed_now_ = false;                 // something was typed since AwaitHits
  int64_t now_ms_ = 0;                     // of the last Tick
  std::optional<int64_t> count_due_ms_;    // when what would narrow the search is counted
  bool sending_ = false;                   // the notice says that something waits to be sent
  std::function<std::string()> notice_;    // says it; empty: it was said elsewhere
  std::string told_;                       // what it said
  std::optional<forms::ActionDone> done_;  // that the notice tells of, and that can be taken back
  OwnDesk own_;
  FormDesk forms_;
  // How far the check is; shared with its thread.
  struct Verifying {
    std::atomic<uint64_t> done = 0, total = 0;
    std::atomic<bool> cancelled = false;
  };
  std::shared_ptr<Verifying> verifying_;  // null: none runs
  // Last, so that they have ended before anything that their questions touch goes away. The second is for long work.
  QueryWorker worker_, long_worker_;
};

// What the foot of the window says.
ui::StatusLine StatusLineOf(const SyncFacts& facts, const Overview& overview);

}  // namespace daftar::app
