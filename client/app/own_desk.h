// What the reader keeps alone, on the desk: takes what is typed and pressed, has it written by the worker, and never
// loses any of it: a batch is written after the other, and what has not been written is kept until it is.
//
// A note is written once typing has rested for kRestMs, and when its field or its page is left. No ImGui; the UI
// thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/app/library.h"
#include "client/app/query_worker.h"
#include "client/model/own_change.h"
#include "client/ui/screen.h"

namespace daftar::app {

class OwnDesk {
 public:
  static constexpr int64_t kRestMs = 700;

  // `reload`: the page that is shown is another now. All must outlive it; the worker is not used before the first call.
  OwnDesk(Library& library, QueryWorker& worker, ui::Screen& screen, std::function<void()> reload)
      : library_(library), worker_(worker), screen_(screen), reload_(std::move(reload)) {}

  // A page is put on the screen; `turned`: the reader has come to it.
  void Shown(const Content& content, const std::string& address, bool turned);
  void Keep(const OwnChange& change);
  void NoteTyped();
  void NoteLeft();

  // Time passes, on a clock that never goes back.
  void Tick(int64_t now_ms);
  // When Tick has something to do; nullopt: until something is typed, nothing.
  std::optional<int64_t> due_ms() const { return due_ms_; }
  // Waits until all is written: at the end of the program.
  void Flush();

 private:
  // Puts the change among those that are to be written; a note takes the place of an older one.
  void Add(OwnChange change);
  void Write();
  void Written(const std::vector<OwnChange>& changes, const Status& outcome);
  // What the change makes of the page that is shown, before it is written.
  void ShowChange(const OwnChange& change);
  void Open(const Page& page);

  Library& library_;
  QueryWorker& worker_;
  ui::Screen& screen_;
  const std::function<void()> reload_;
  std::vector<OwnChange> waiting_;
  bool writing_ = false;
  bool typed_ = false;  // since the last Tick
  bool dirty_ = false;  // the note on the screen is not among what is written or waits
  std::optional<int64_t> due_ms_;
  uint64_t seen_at_home_ = 0;  // the revision that the home page showed last
};

}  // namespace daftar::app
