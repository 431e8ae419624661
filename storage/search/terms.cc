#include "storage/search/terms.h"

#include <algorithm>

#include "storage/search/analysis/fold.h"

namespace daftar::search {
namespace {

// "NIGHT_VISION" → "NIGHT VISION": the words of a code, which people search for too.
std::string CodeWords(const std::string& constant) {
  std::string words = constant;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

void Put(std::map<std::string, uint8_t>& terms, std::string term, Field field) {
  if (term.size() > kMaxTermBytes) term.resize(kMaxTermBytes);
  terms[std::move(term)] |= field;
}

}  // namespace

std::vector<FieldText> TextsOf(const Record& record) {
  std::vector<FieldText> texts;
  auto add = [&texts](Field field, const char* label, const std::string& text) {
    if (!text.empty()) texts.push_back({field, label, text});
  };
  for (const v1::Name& name : record.names()) add(kName, "name", name.text());
  for (const v1::External& external : record.externals()) add(kKey, "id", external.id());
  for (const v1::Tag& tag : record.tags()) add(kText, "tag", tag.text());
  add(kText, "notes", record.notes());
  for (const v1::Account& account : record.accounts()) {
    add(kText, "name in an account", account.name());
    add(kText, "account", account.summary());
    add(kText, "wording", account.wording());
    add(kText, "note", account.note());
    for (const v1::SeizedItem& item : account.seized()) {
      add(kText, "seized",
          CodeWords(v1::ItemClass::Code_Name(item.class_())) + " " + item.model() + " " + item.wording());
    }
    for (const v1::Measure& measure : account.measure()) {
      add(kText, "measure", CodeWords(v1::MeasureKind::Code_Name(measure.kind())) + " " + measure.wording());
    }
    for (const v1::Trend& trend : account.trend()) add(kText, "trend", trend.of());
  }
  if (record.kind() == v1::RecordKind::SOURCE) add(kText, "author", record.source().author());
  if (record.kind() == v1::RecordKind::INCIDENT) {
    for (int kind : record.incident().kind()) {
      add(kText, "kind", CodeWords(v1::IncidentKind::Code_Name(static_cast<v1::IncidentKind::Code>(kind))));
    }
  }
  return texts;
}

std::map<std::string, uint8_t> TermsOf(const Record& record) {
  std::map<std::string, uint8_t> terms;
  for (const FieldText& text : TextsOf(record)) {
    for (const std::string& word : FoldedWords(text.text)) {
      Put(terms, kWordTerm + word, text.field);
      if (text.field != kName) continue;
      if (std::string skeleton = Skeleton(word); !skeleton.empty()) Put(terms, kSkeletonTerm + skeleton, text.field);
    }
    if (text.field == kName) Put(terms, kNameTerm + FoldedName(text.text), text.field);
  }
  return terms;
}

}  // namespace daftar::search
