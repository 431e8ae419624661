// Between the window and the program: what there is to draw, and what the reader wishes. The panels draw a Screen and
// report wishes; they neither read nor decide anything.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/model/commands.h"
#include "client/model/content.h"
#include "client/model/own_change.h"
#include "client/model/sync_state.h"
#include "client/ui/form_screen.h"
#include "client/ui/map_screen.h"
#include "client/ui/review_screen.h"

namespace daftar::ui {

// A check of every stored byte, as the page "sync and replica" shows it.
struct VerifyScreen {
  bool running = false;
  std::string words;    // how far it is, or what it came to; empty: none was asked for
  bool healthy = true;  // what it came to
};

// One line at the foot of the window.
struct StatusLine {
  std::string data;       // "data as of 20 Nov 2026 19:30, 5 minutes ago"
  std::string success;    // "last sync 5 minutes ago"
  std::string attempt;    // why the last attempt failed; empty: it did not
  std::string outbox;     // "2 waiting to be sent"
  std::string conflicts;  // "1 conflict"; empty: none
  std::string server;     // "server 127.0.0.1:7400"
};

// Where the picture of a graph is looked at.
struct GraphCamera {
  std::string picture;  // which one; with another one, the camera shows all of it
  bool whole = true;    // all of it, however large the window is
  float x = 0, y = 0;   // what stands in the middle, in units of the picture
  float zoom = 1;
};

// What the reader keeps of the record that is shown, as it stands on the screen.
struct OwnEditor {
  OwnPart part;
  std::string new_tag;  // what is typed into the field of tags
  std::string state;    // "kept on this computer"; why it is not; empty: nothing was changed
  int generation = 0;   // another number: the note was replaced from outside
  bool open = false;    // tags and note are edited; else a line says what there is
};

// A record that is looked at beside the page.
struct SideScreen {
  static constexpr float kNarrowest = 280, kWidest = 720, kUsual = 380;

  bool open = false;
  std::string address;   // of the record; empty: none was chosen yet
  Content content;       // its page, or why there is none
  float width = kUsual;  // at scale 1
};

struct Screen {
  Content content;
  std::string address;   // of the content
  bool loading = false;  // something newer is on its way
  float scroll = 0;      // where the page was left; taken when `turned`
  bool turned = false;   // the page was turned: the next frame scrolls there and clears this
  bool can_go_back = false, can_go_forward = false;
  std::string search_text;    // what is typed in the search box
  int search_turns = 0;       // how often the program has put something else into the box
  bool focus_search = false;  // the next frame moves the keyboard there and clears this

  std::vector<Command> commands;  // that answer what is typed in the box

  std::vector<KindCount> counts;  // of the rail
  SyncPill pill;
  StatusLine status;
  bool syncing = false;
  std::string notice;          // what just happened: "put into the outbox"; empty: nothing
  bool may_take_back = false;  // that can be taken back

  std::vector<std::string> tabs;          // their titles
  std::vector<std::string> close_labels;  // what closes each
  size_t tab = 0;                         // that is shown
  bool mirror = false;                    // the page is shown as plain text

  VerifyScreen verify;
  bool reduced_motion = true;  // nothing moves by itself
  MapScreen map;               // of a page that is one

  std::optional<EditorScreen> editor;  // of a page that is a form
  std::string decision_reason;         // typed, for the conflicts that are decided on the page of work
  size_t conflict = 0;                 // of that page: the one that keys decide
  bool ask_reason = false;             // the next frame puts the keyboard where it is typed, and clears this
  SideScreen side;                     // beside the page, where the window is wide enough
  GraphCamera camera;
  std::optional<OwnEditor> own;  // of the record that is shown
  ReviewScreen review;           // what is being decided or said on the page
};

// What the reader asks for. One thread; answers come by a changed Screen.
class Wishes : public FormWishes {
 public:
  virtual void Open(const std::string& address) = 0;
  // The same page as another address has it: it takes the place of this one in the history, and nothing scrolls.
  virtual void Replace(const std::string& address) = 0;
  // In a tab of its own, behind the one that is shown.
  virtual void OpenBeside(const std::string& address) = 0;
  // A tab with the first page.
  virtual void NewTab() = 0;
  virtual void GoToTab(size_t tab) = 0;
  virtual void CycleTabs(bool back) = 0;
  virtual void CloseTab(size_t tab) = 0;
  virtual void ReopenTab() = 0;
  virtual void Back() = 0;
  virtual void Forward() = 0;
  // The search box holds this text now.
  virtual void Search(const std::string& text) = 0;
  virtual void SyncNow() = 0;
  virtual void Run(CommandId command) = 0;
  // On the page of a record: begins a form of it with a new account.
  virtual void AddAccount() = 0;
  // A conflict of the page that is shown is decided.
  virtual void Decide(uint64_t conflict, daftar::Side side) = 0;
  // An edit that waits for the server is held back, with what was made after it; or goes on its way.
  virtual void Hold(uint64_t edit, bool hold) = 0;
  // What waits is written into a file that can be carried to the server.
  virtual void ExportOutbox() = 0;
  virtual void DismissNotice() = 0;
  // Decides, says, judges or restores: into the outbox, and the page shows it.
  virtual void Act(const forms::RecordAction& action) = 0;
  // Takes back what the notice tells of.
  virtual void TakeBack() = 0;
  // Of the list that is shown: the rows from that number on.
  virtual void NeedRows(size_t first) = 0;
  // Of the search that is shown: twice as many hits.
  virtual void MoreHits() = 0;
  // Of the graph that is shown: writes it to a file of its own.
  virtual void SavePicture() = 0;
  // The page is scrolled so far.
  virtual void KeepScroll(float scroll) = 0;
  // The page has another address now, though it is the same: the window of a timeline was moved. Nothing is read again.
  virtual void StandAt(const std::string& address) = 0;
  // Items of the timeline's spread have come into sight: asks for what lists show of them.
  virtual void Describe(std::vector<uint32_t> items) = 0;
  // The map shows this place now: what lies in the box is wanted as rows, and as a scene if the span has changed.
  virtual void MoveMap(const MapPlace& place, const WorldBox& box) = 0;
  // What a record on the map is: for MapScreen::looked_at_words.
  virtual void LookAtMap(uint32_t record) = 0;
  virtual void OpenFromMap(uint32_t record, bool beside) = 0;
  // A record is looked at in the panel at the side; the one that is there already: the panel closes.
  virtual void Preview(const std::string& address) = 0;
  virtual void ToggleSide() = 0;
  // It is so wide, at scale 1; `settled`: and stays so.
  virtual void SetSideWidth(float width, bool settled) = 0;
  // Larger (1), smaller (-1), as at first (0).
  virtual void Scale(int step) = 0;
  virtual void ToggleTheme() = 0;
  // A choice of the page of settings; a section of it as at first.
  virtual void Set(const std::string& setting, const std::string& code) = 0;
  virtual void ResetSettings(const std::string& section) = 0;
  // No session is begun until it is taken back.
  virtual void PauseSync(bool pause) = 0;
  // Reads every stored byte again, in the background; or ends that.
  virtual void Verify(bool begin) = 0;
  // The page, and those that follow, as plain text or as pages.
  virtual void ToggleMirror() = 0;
  // On the page of a record: a bookmark, or none.
  virtual void TogglePin() = 0;
  // A change of what belongs to the reader alone: a bookmark, a tag, a saved search.
  virtual void Keep(const OwnChange& change) = 0;
  // The note of the record that is shown is another; its field was left.
  virtual void NoteTyped() = 0;
  virtual void NoteLeft() = 0;
};

}  // namespace daftar::ui
