// The page "your edits" as plain text.
#include "client/language/say.h"
#include "client/model/work_page.h"

namespace daftar {
namespace {

void AddForms(std::string_view heading, const std::vector<WorkPage::Form>& forms, std::string& text) {
  if (forms.empty()) return;
  text += "\n" + Say(heading) + "\n";
  for (const WorkPage::Form& form : forms) text += "  " + form.title + "  (" + form.note + ")  " + form.address + "\n";
}

std::string OrNothing(const std::string& words) { return words.empty() ? Say("changes.nothing") : words; }

void AddEdits(std::string_view heading, const std::vector<WorkPage::Edit>& edits, std::string& text) {
  if (edits.empty()) return;
  text += "\n" + Say(heading) + "\n";
  for (const WorkPage::Edit& edit : edits) {
    text += "  " + edit.record.text + "  (" + edit.head + ")" + (edit.state.empty() ? "" : "  " + edit.state) + "\n";
    if (!edit.why.empty()) text += "    " + Say("window.reason_was", {{"reason", edit.why}}) + "\n";
    for (const std::string& problem : edit.problems) text += "    ✗ " + problem + "\n";
    for (const ChangedField& field : edit.fields) {
      text += "    " + field.label + ": " + OrNothing(field.before) + " → " + OrNothing(field.after) + "\n";
    }
    if (!edit.more_words.empty()) text += "    " + edit.more_words + "\n";
  }
}

}  // namespace

std::string WorkPageAsText(const WorkPage& page) {
  std::string text = Say("work.title") + "\n";
  AddForms("work.recovered", page.recovered, text);
  if (!page.conflicts.empty()) text += "\n" + Say("work.conflicts") + "\n";
  for (const WorkPage::Conflict& conflict : page.conflicts) {
    const ParkedChange& change = conflict.change;
    text += "  " + conflict.record.text + ": " + change.label + " — " + conflict.cause + "\n";
    text += "    " + Say("history.base") + ": " + OrNothing(change.base) + "\n";
    text += "    " + Say("history.mine") + ": " + OrNothing(change.mine) + "  (" + change.mine_who + ")\n";
    text += "    " + Say("history.theirs") + ": " + OrNothing(change.theirs) + "  (" + change.theirs_who + ")\n";
    if (change.settling) text += "    " + Say("history.settling") + "\n";
  }
  AddForms("work.forms", page.forms, text);
  AddEdits("work.refused", page.refused, text);
  AddEdits("work.outbox", page.outbox, text);
  if (!page.outbox.empty()) text += "\n" + page.sync_words + "\n";
  AddForms("work.templates", page.templates, text);
  if (!page.more_words.empty()) text += "\n" + page.more_words + "\n";
  return text;
}

}  // namespace daftar
