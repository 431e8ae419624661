// The desk: what is decided, said, judged or restored on a page, and taken back. See desk.h.
#include <utility>

#include "client/app/desk.h"
#include "client/language/say.h"

namespace daftar::app {
namespace {

using Slot = QueryWorker::Slot;

}  // namespace

void Desk::Act(const forms::RecordAction& action) {
  if (screen_.review.busy) return;
  screen_.review.busy = true;
  screen_.review.failure.clear();
  worker_.Ask(Slot::kAct, [this, action](const std::atomic<bool>&) {
    const StatusOr<forms::ActionDone> done = library_.Act(action);
    return [this, done, record = action.record] {
      // The page may have been left: what is typed on another one stays.
      if (screen_.review.record == record && done.ok()) screen_.review.asked.reset();
      Acted(done, true);
    };
  });
}

void Desk::TakeBack() {
  if (!done_ || screen_.review.busy) return;
  screen_.review.busy = true;
  worker_.Ask(Slot::kAct, [this, done = *done_](const std::atomic<bool>&) {
    const StatusOr<forms::ActionDone> back = library_.TakeBack(done);
    return [this, back] { Acted(back, false); };
  });
}

void Desk::Acted(const StatusOr<forms::ActionDone>& done, bool may_take_back) {
  screen_.review.busy = false;
  if (!done.ok()) {
    screen_.review.failure = Message(done.status());
    // Where the page has no place for it.
    if (!may_take_back || std::holds_alternative<WorkPage>(screen_.content))
      Tell([status = done.status()] { return Message(status); });
    return;
  }
  screen_.review.over = 0;
  Load(false);
  Sent();
  if (!may_take_back || done->changed.empty()) return;
  done_ = *done;
  screen_.may_take_back = true;
}

}  // namespace daftar::app
