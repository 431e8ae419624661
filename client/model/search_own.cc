#include "client/model/search_own.h"

#include <algorithm>

#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/own_row.h"
#include "client/model/words.h"
#include "storage/search/analysis/fold.h"

namespace daftar {
namespace {

using search::Field;
using search::Node;
using Op = search::Node::Op;

constexpr size_t kMostOwnHits = 8;

// The words of a query in one field that all have to stand: those of the root, or of what it joins by AND.
struct Sought {
  std::vector<std::string> words;
  bool beginning = false;
};
void Collect(const Node& node, Field field, Sought& sought) {
  const bool words = node.op == Op::kWord || node.op == Op::kPhrase || (node.op == Op::kNamed && field == Field::kNote);
  if (node.op == Op::kAnd) {
    for (const Node& child : node.children) Collect(child, field, sought);
  } else if (words && node.field == field) {
    for (std::string& word : search::FoldedWords(node.text)) sought.words.push_back(std::move(word));
    sought.beginning = node.prefix;
  }
}

std::string Quoted(const std::vector<std::string>& words, bool beginning) {
  return "\"" + Join(words, " ") + "\"" + (beginning ? "*" : "");
}

}  // namespace

Status OwnSearch::Load() {
  if (records_ || store_ == nullptr) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(records_, OwnRecords::Read(*store_, stop_));
  return OkStatus();
}

std::function<StatusOr<std::vector<Uuid>>(const Node&)> OwnSearch::Asker() {
  if (store_ == nullptr) return nullptr;
  return [this](const Node& node) -> StatusOr<std::vector<Uuid>> {
    DAFTAR_RETURN_IF_ERROR(Load());
    return records_->IdsOf(node);
  };
}

Status OwnSearch::Fill(const search::Query& query, const std::optional<Kind>& kind, Names& names, SearchPage& page) {
  if (store_ == nullptr) return OkStatus();
  Sought in_notes;
  Collect(query.root, Field::kNote, in_notes);
  for (ListRow& row : page.rows) {
    if (in_notes.words.empty() || !row.why.empty()) continue;
    const std::optional<Uuid> id = Uuid::Parse(row.id);
    if (!id) continue;
    DAFTAR_ASSIGN_OR_RETURN(const v1::PrivateRecord own, store_->Of(*id));
    row.why = Say("own.in_note", {{"words", NoteSnippet(own.note(), in_notes.words)}});
  }

  Sought sought;
  Collect(query.root, Field::kAny, sought);
  if (sought.words.empty()) return OkStatus();
  DAFTAR_RETURN_IF_ERROR(Load());
  DAFTAR_ASSIGN_OR_RETURN(OwnRecords::Noted noted, records_->WithWords(sought.words, sought.beginning));
  if (kind) std::erase_if(noted.records, [&kind](const auto* record) { return record->kind() != *kind; });
  for (const v1::PrivateRecord* record : noted.records) {
    if (page.own_rows.size() == kMostOwnHits) break;
    ListRow& row = page.own_rows.emplace_back(OwnRow(*record, names));
    row.why = record->note().empty()
                  ? Say("own.tags", {{"tags", SayList({record->tag().begin(), record->tag().end()}, Joint::kComma)}})
                  : Say("own.in_note", {{"words", NoteSnippet(record->note(), sought.words)}});
  }
  if (page.own_rows.empty()) return OkStatus();
  page.own_words = noted.all ? Say("own.in_notes", {{"count", noted.records.size()}})
                             : Say("own.in_newest_notes", {{"count", noted.records.size()}});
  if (noted.records.size() > page.own_rows.size() || !noted.all)
    page.own_address = SearchAddress("note:" + Quoted(sought.words, sought.beginning), page.kind);
  return OkStatus();
}

}  // namespace daftar
