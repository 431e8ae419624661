// Who changed what, when and why: see page_parts.h.
#include <algorithm>

#include "client/model/field_changes.h"
#include "client/model/page_parts.h"
#include "client/model/sync_state.h"
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
  std::string words = FieldWords(work.record, after.field());
  if (removed) {
    words += IsCollection(after.field()) ? " removed" : " cleared";
  } else if (!step.before_known) {
    words += " set";
  } else if (known_before) {
    words += " changed";
  } else {
    words += IsCollection(after.field()) ? " added" : " set";
  }
  if (!IsCollection(after.field())) return words;
  std::optional<Record> part = PartAlone(work.record, removed ? before : &after);
  std::string name = part ? ItemName(*part, work.names) : "";
  return name.empty() ? words : words + ": " + name;
}

HistoryRow RowOf(const PageWork& work, const HistoryStep& step) {
  HistoryRow row;
  row.revision = step.commit.revision();
  row.who = step.commit.author();
  row.when = TimeWords(step.commit.at_ms());
  row.why = step.commit.reason();
  row.created = step.created;
  if (step.created) {
    auto accounts = std::count_if(step.after.begin(), step.after.end(),
                                  [](const v1::PartEdit& edit) { return edit.field() == kAccountField; });
    row.changes.push_back(accounts == 0 ? "record created"
                                        : "record created with " + Counted(static_cast<uint64_t>(accounts), "account"));
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
  if (IsWaiting(work, field, key)) return "waiting to be sent";
  Revision revision = work.record.revision_of({field, key});
  if (revision == 0) return "";
  std::string verb = "added";
  for (const HistoryStep& step : work.history) {
    const v1::PartEdit* before = FindEdit(step.before, field, key);
    if (step.commit.revision() == revision && before != nullptr && !before->value().empty()) verb = "changed";
  }
  std::optional<v1::CommitInfo> commit = work.names.Take(work.names.view().CommitOf(revision));
  std::string number = "revision " + NumberWords(static_cast<double>(revision));
  if (!commit) return verb + " in " + number;
  return verb + " by " + (commit->author().empty() ? "somebody" : commit->author()) + ", " +
         TimeWords(commit->at_ms()) + ", " + number;
}

void FillHistory(PageWork& work) {
  for (const HistoryStep& step : work.history) {
    if (work.page.history.size() >= work.options.history_limit) break;
    work.page.history.push_back(RowOf(work, step));
  }
}

}  // namespace daftar
