#include "client/model/own_records.h"

#include <algorithm>
#include <utility>

#include "storage/search/analysis/fold.h"

namespace daftar {
namespace {

constexpr size_t kSnippetBytes = 140, kLeadBytes = 40;

// Whether all the words stand among others; the last one may be a beginning.
bool HasAll(const std::vector<std::string>& words, const std::vector<std::string>& sought, bool beginning) {
  for (size_t i = 0; i < sought.size(); ++i) {
    const bool may_go_on = beginning && i + 1 == sought.size();
    const bool there = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return word == sought[i] || (may_go_on && word.starts_with(sought[i]));
    });
    if (!there) return false;
  }
  return !sought.empty();
}

bool HasTag(const v1::PrivateRecord& record, const std::vector<std::string>& folded) {
  return std::any_of(record.tag().begin(), record.tag().end(), [&folded](const std::string& tag) {
    return std::find(folded.begin(), folded.end(), search::FoldedName(tag)) != folded.end();
  });
}

bool Is(const v1::PrivateRecord& record, std::string_view word) {
  if (word == "pinned") return record.pinned();
  return word == "noted" ? !record.note().empty() : word == "tagged" && !record.tag().empty();
}

}  // namespace

StatusOr<OwnRecords> OwnRecords::Read(const PrivateStore& store, const std::atomic<bool>* stop) {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::PrivateRecord> records, store.Records());
  std::stable_sort(records.begin(), records.end(),
                   [](const auto& a, const auto& b) { return a.changed_ms() > b.changed_ms(); });
  return OwnRecords(std::move(records), stop);
}

StatusOr<std::vector<Uuid>> OwnRecords::IdsOf(const search::Node& node) const {
  const std::vector<std::string> words =
      node.field == search::Field::kNote ? search::FoldedWords(node.text) : std::vector<std::string>();
  std::vector<Uuid> ids;
  for (const v1::PrivateRecord& record : records_) {
    if (stop_ != nullptr && stop_->load()) return Cancelled("the search was stopped");
    bool meant = false;
    if (node.field == search::Field::kNote) {
      meant = !record.note().empty() && HasAll(search::FoldedWords(record.note()), words, node.prefix);
    } else if (node.field == search::Field::kTag) {
      meant = HasTag(record, node.codes);
    } else {
      meant = std::any_of(node.codes.begin(), node.codes.end(),
                          [&record](const std::string& code) { return Is(record, code); });
    }
    const std::optional<Uuid> id = meant ? Uuid::FromBytes(record.record()) : std::nullopt;
    if (id) ids.push_back(*id);
  }
  return ids;
}

StatusOr<OwnRecords::Noted> OwnRecords::WithWords(const std::vector<std::string>& folded, bool beginning) const {
  Noted noted;
  size_t bytes = 0;
  for (const v1::PrivateRecord& record : records_) {
    if (stop_ != nullptr && stop_->load()) return Cancelled("the search was stopped");
    if (record.note().empty() && record.tag().empty()) continue;
    bytes += record.note().size();
    if (bytes > kMostNotesSearched) {
      noted.all = false;
      break;
    }
    std::vector<std::string> words = search::FoldedWords(record.note());
    for (const std::string& tag : record.tag()) {
      for (std::string& word : search::FoldedWords(tag)) words.push_back(std::move(word));
    }
    if (HasAll(words, folded, beginning)) noted.records.push_back(&record);
  }
  return noted;
}

std::string NoteSnippet(std::string_view note, const std::vector<std::string>& folded) {
  size_t first = 0;
  for (const search::FoldedSpan& span : search::FoldedSpans(note)) {
    const auto meets = [&span](const std::string& word) { return span.word.starts_with(word); };
    if (!std::any_of(folded.begin(), folded.end(), meets)) continue;
    first = span.begin;
    break;
  }
  size_t begin = first > kLeadBytes ? first - kLeadBytes : 0, end = std::min(note.size(), begin + kSnippetBytes);
  while (begin > 0 && (note[begin] & 0xC0) == 0x80) --begin;
  while (end < note.size() && (note[end] & 0xC0) == 0x80) ++end;
  std::string text(note.substr(begin, end - begin));
  std::replace(text.begin(), text.end(), '\n', ' ');
  return (begin > 0 ? "… " : "") + text + (end < note.size() ? " …" : "");
}

}  // namespace daftar
