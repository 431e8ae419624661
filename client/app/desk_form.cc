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
  if (page == nullptr || screen_.form) return;
  screen_.form = ui::FormScreen{.form = AccountForm(page->id), .title = page->title};
}

void Desk::Complete(const std::string& field) {
  if (!screen_.form) return;
  screen_.form->completing = field;
  screen_.form->suggestions.clear();
  worker_.Ask(Slot::kForm, [this, field, form = screen_.form->form](const std::atomic<bool>&) {
    StatusOr<std::vector<PageLink>> found = library_.Suggest(form, field);
    return [this, field, found = std::move(found)] {
      if (!screen_.form || screen_.form->completing != field || !found.ok()) return;
      screen_.form->suggestions = *found;
    };
  });
}

void Desk::Submit() {
  if (!screen_.form || screen_.form->busy) return;
  ui::FormScreen& form = *screen_.form;
  form.completing.clear();
  form.failure.clear();
  form.reason_problem = form.reason.empty() ? Say("window.reason_missing") : "";
  CheckForm(form.reason_problem.empty());
}

void Desk::SayFormAnew() {
  if (!screen_.form || screen_.form->busy) return;
  ui::FormScreen& form = *screen_.form;
  const bool checked = form.form.has_problems();
  form.form.SayAnew();
  if (!form.reason_problem.empty()) form.reason_problem = Say("window.reason_missing");
  if (checked) CheckForm(false);
}

void Desk::CheckForm(bool may_send) {
  ui::FormScreen& form = *screen_.form;
  form.busy = true;
  worker_.Ask(Slot::kSubmit, [this, may_send, reason = form.reason, filled = form.form](const std::atomic<bool>&) {
    AccountForm checked = filled;
    StatusOr<bool> good = library_.Check(checked);
    Status sent = good.status();
    bool submitted = good.ok() && *good && may_send;
    if (submitted) sent = library_.Submit(checked, reason);
    return [this, checked, submitted, sent] {
      if (!screen_.form) return;
      screen_.form->form = checked;
      screen_.form->busy = false;
      if (!sent.ok()) screen_.form->failure = Message(sent);
      if (!submitted || !sent.ok()) return;
      screen_.form.reset();
      Load(false);
      Sent();
    };
  });
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

void Desk::Sent() {
  Tell([] { return Say("window.submitted"); });
  sending_ = true;
  ReadState();
  hooks_.sync_now();
}

}  // namespace daftar::app
