// The desk: the form "add an account". See desk.h.
#include <utility>

#include "client/app/desk.h"
#include "client/language/say.h"

namespace daftar::app {
namespace {

using Slot = QueryWorker::Slot;

}  // namespace

void Desk::AddAccount() {
  const Page* page = std::get_if<Page>(&screen_.content);
  if (page != nullptr) forms_.Begin({forms::Wish::What::kAccount, page->id});
}

void Desk::PickOnMap(forms::Node field) {
  if (!screen_.editor) return;
  const MapPlace place = forms_.BeginPick(field);
  Open(MapAddress("", "place", place));
}

void Desk::Decide(uint64_t conflict, Side side) {
  worker_.Ask(Slot::kSubmit, [this, conflict, side, reason = screen_.decision_reason](const std::atomic<bool>&) {
    const Status decided = library_.Decide(conflict, side, reason);
    return [this, decided] {
      if (!decided.ok()) return Tell([decided] { return Message(decided); });
      Load(false);
      Sent();
    };
  });
}

void Desk::Hold(uint64_t edit, bool hold) {
  worker_.Ask(Slot::kSubmit, [this, edit, hold](const std::atomic<bool>&) {
    const Status held = library_.Hold(edit, hold);
    return [this, hold, held] {
      if (!held.ok()) return Tell([held] { return Message(held); });
      Load(false);
      ReadState();
      if (!hold) hooks_.sync_now();
    };
  });
}

void Desk::ExportOutbox() {
  worker_.Ask(Slot::kSubmit, [this](const std::atomic<bool>&) {
    const StatusOr<Library::OutboxBundle> made = library_.ExportOutbox();
    const StatusOr<std::string> path =
        made.ok() ? hooks_.save_file(Say("work.bundle_name"), ".daftar", made->bytes) : made.status();
    const bool sealed = made.ok() && made->sealed;
    return [this, path, sealed] {
      Tell([path, sealed] {
        if (!path.ok()) return std::string(Message(path.status()));
        return Say(sealed ? "work.exported_sealed" : "work.exported", {{"path", *path}});
      });
    };
  });
}

void Desk::FormSent(bool bulk) {
  Sent();
  if (!bulk) return;
  done_ = forms::ActionDone{.bulk = true};
  screen_.may_take_back = true;
}

void Desk::Sent() {
  Tell([] { return Say("window.submitted"); });
  sending_ = true;
  ReadState();
  hooks_.sync_now();
}

}  // namespace daftar::app
