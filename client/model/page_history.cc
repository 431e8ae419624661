// Who changed what, when and why: see page_parts.h.
#include <algorithm>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/field_changes.h"
#include "client/model/page_parts.h"
#include "client/model/words.h"
#include "storage/model/parts.h"

namespace daftar {
namespace {

const v1::PartEdit* FindEdit(const std::vector<v1::PartEdit>& edits, uint32_t field, uint64_t key) {
  auto at = std::find_if(edits.begin(), edits.end(),
                         [&](const v1::PartEdit& edit) { return edit.field() == field && edit.key() == key; });
  return at == edits.end() ? nullptr : &*at;
}

std::string ChangeWords(const PageWork& work, const HistoryStep& step, const v1::PartEdit& after) {
  const v1::PartEdit* before = FindEdit(step.before, after.field(), after.key());
  bool removed = after.value().empty();
  bool known_before = before != nullptr && !before->value().empty();
  const char* change = IsCollection(after.field()) ? "history.added" : "history.set";
  if (removed) {
    change = IsCollection(after.field()) ? "history.removed" : "history.cleared";
  } else if (!step.before_known) {
    change = "history.set";
  } else if (known_before) {
    change = "history.changed";
  }
  const std::string words = Say(change, {{"part", FieldWords(work.record, after.field())}});
  if (!IsCollection(after.field())) return words;
  std::optional<Record> part = PartAlone(work.record, removed ? before : &after);
  std::string name = part ? ItemName(*part, work.names) : "";
  return name.empty() ? words : Say("history.item", {{"change", words}, {"item", name}});
}

HistoryRow RowOf(const PageWork& work, const HistoryStep& step) {
  HistoryRow row;
  row.revision = step.commit.revision();
  row.who = step.commit.author();
  row.when = SayTime(step.commit.at_ms());
  row.why = step.commit.reason();
  row.created = step.created;
  if (step.created) {
    auto accounts = std::count_if(step.after.begin(), step.after.end(),
                                  [](const v1::PartEdit& edit) { return edit.field() == kAccountField; });
    row.changes.push_back(accounts == 0 ? Say("history.created") : Say("history.created_with", {{"count", accounts}}));
    return row;
  }
  for (const v1::PartEdit& after : step.after) row.changes.push_back(ChangeWords(work, step, after));
  return row;
}

}  // namespace

bool IsWaiting(const PageWork& work, uint32_t field, uint64_t key) {
  if (!work.record.pending()) return false;
  return std::any_of(work.history.begin(), work.history.end(), [&](const HistoryStep& step) {
    return step.commit.revision() == 0 && FindEdit(step.after, field, key) != nullptr;
  });
}

std::string AddedWords(const PageWork& work, uint32_t field, uint64_t key) {
  if (IsWaiting(work, field, key)) return Say("history.waiting");
  Revision revision = work.record.revision_of({field, key});
  if (revision == 0) return "";
  bool changed = false;
  for (const HistoryStep& step : work.history) {
    const v1::PartEdit* before = FindEdit(step.before, field, key);
    if (step.commit.revision() == revision && before != nullptr && !before->value().empty()) changed = true;
  }
  std::optional<v1::CommitInfo> commit = work.names.Take(work.names.view().CommitOf(revision));
  const std::string number = SayNumber(static_cast<double>(revision));
  if (!commit) return Say(changed ? "history.changed_in" : "history.added_in", {{"revision", number}});
  return Say(changed ? "history.changed_by" : "history.added_by",
             {{"who", commit->author().empty() ? Say("history.somebody") : commit->author()},
              {"when", SayTime(commit->at_ms())},
              {"revision", number}});
}

void FillHistory(PageWork& work) {
  for (const HistoryStep& step : work.history) {
    if (work.page.history.size() >= work.options.history_limit) break;
    work.page.history.push_back(RowOf(work, step));
  }
}

}  // namespace daftar
