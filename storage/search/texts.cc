#include "storage/search/texts.h"

#include <algorithm>

namespace daftar::search {
namespace {

// "NIGHT_VISION" → "NIGHT VISION": the words of a code, which people search for too.
std::string CodeWords(const std::string& constant) {
  std::string words = constant;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

std::vector<FieldText> TextsOf(const Record& record) {
  std::vector<FieldText> texts;
  auto add = [&texts](TextRole role, const char* label, const std::string& text) {
    if (!text.empty()) texts.push_back({role, label, text});
  };
  for (const v1::Name& name : record.names()) add(TextRole::kName, "name", name.text());
  for (const v1::External& external : record.externals()) add(TextRole::kKey, "id", external.id());
  for (const v1::Tag& tag : record.tags()) add(TextRole::kText, "tag", tag.text());
  add(TextRole::kText, "notes", record.notes());
  for (const v1::Account& account : record.accounts()) {
    add(TextRole::kText, "name in an account", account.name());
    add(TextRole::kText, "account", account.summary());
    add(TextRole::kText, "wording", account.wording());
    add(TextRole::kText, "note", account.note());
    for (const v1::SeizedItem& item : account.seized()) {
      add(TextRole::kText, "seized",
          CodeWords(v1::ItemClass::Code_Name(item.class_())) + " " + item.model() + " " + item.wording());
    }
    for (const v1::Measure& measure : account.measure()) {
      add(TextRole::kText, "measure", CodeWords(v1::MeasureKind::Code_Name(measure.kind())) + " " + measure.wording());
    }
    for (const v1::Trend& trend : account.trend()) add(TextRole::kText, "trend", trend.of());
  }
  if (record.kind() == v1::RecordKind::SOURCE) add(TextRole::kText, "author", record.source().author());
  if (record.kind() == v1::RecordKind::INCIDENT) {
    for (int kind : record.incident().kind()) {
      add(TextRole::kText, "kind", CodeWords(v1::IncidentKind::Code_Name(static_cast<v1::IncidentKind::Code>(kind))));
    }
  }
  return texts;
}

}  // namespace daftar::search
