// Forms on the desk: which one is on the screen, keeping what is typed, checking and sending. The first key is kept at
// once, and those that follow together, some times a second: never more than a second of work is lost, also where the
// disk is slow. No ImGui; the UI thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "client/app/library.h"
#include "client/app/query_worker.h"
#include "client/model/content.h"
#include "client/ui/screen.h"

namespace daftar::app {

class FormDesk {
 public:
  static constexpr int64_t kKeepMs = 300;    // what is typed is kept so often
  static constexpr int64_t kCheckMs = 700;   // typing has rested for so long: what is wrong is looked for
  static constexpr int64_t kAgainMs = 3000;  // keeping failed: tried again after

  struct Hooks {
    std::function<void(const std::string& address)> open;   // goes to a page
    std::function<void(const std::string& address)> leave;  // the same in the place of this one, which is gone
    std::function<void(bool bulk)> sent;                    // a form is in the outbox; its page is gone
    std::function<void(std::function<std::string()>)> tell;
  };

  // All must outlive it; the worker is not used before the first call.
  FormDesk(Library& library, QueryWorker& worker, ui::Screen& screen, Hooks hooks)
      : library_(library), worker_(worker), screen_(screen), hooks_(std::move(hooks)) {}

  void Begin(const forms::Wish& wish);
  // A page is put on the screen.
  void Shown(const Content& content);
  void Typed(forms::Node field);
  void ReadPassage();
  void Complete(forms::Node field);
  // A point is chosen on the map: what the map is to show first; what for, in words, empty: nothing is; chosen; not to
  // be chosen any more. Any page but the map ends it.
  MapPlace BeginPick(forms::Node field);
  std::string picking() const { return pick_ ? pick_->what : ""; }
  void Picked(LatLon at);
  void GiveUp();
  void Check();
  // What one of many records would change.
  void Preview();
  void Send();
  void Drop();
  void Undo(bool redo);
  void Keep();
  // Another language: what is said of the form is said anew.
  void SayAnew();

  // Time passes, on a clock that never goes back.
  void Tick(int64_t now_ms);
  std::optional<int64_t> due_ms() const;
  // Waits until all is kept: at the end of the program.
  void Flush();

 private:
  void TakeUp(uint64_t number);
  // Puts the editor that is on the screen among those that are not.
  void PutAside();
  void Kept(uint64_t number, uint64_t changes, const Status& outcome);
  ui::EditorScreen* Find(uint64_t number);

  // The field that a point is being chosen for.
  struct Pick {
    uint64_t form = 0;
    forms::Node field = 0;
    std::string what;
  };

  Library& library_;
  QueryWorker& worker_;
  ui::Screen& screen_;
  const Hooks hooks_;
  std::map<uint64_t, ui::EditorScreen> aside_;  // forms of pages that are not shown, with all that can be undone
  std::map<uint64_t, uint64_t> kept_;           // by number: how many changes of it are kept
  std::optional<Pick> pick_;
  int64_t now_ms_ = 0;
  int64_t kept_ms_ = -kKeepMs;  // when something was last written
  bool typed_ = false;          // since the last Tick
  bool keeping_ = false;        // the worker writes
  std::optional<int64_t> keep_due_ms_, check_due_ms_;
};

}  // namespace daftar::app
