// Generator::Describe: what a person would remember of a record and search for.
#include "tools/gen/utf8.h"
#include "tools/gen/world.h"

namespace daftar::gen {
namespace {

// Without the punctuation that prose.h writes.
std::string_view BareWord(std::string_view word) {
  for (std::string_view mark : {".", ",", "،"}) {
    if (word.ends_with(mark)) word.remove_suffix(mark.size());
  }
  return word;
}

// Words of one sentence that stand side by side, from about its middle.
std::string PhraseOf(std::string_view summary) {
  std::vector<std::string_view> words;
  ForEachPiece(summary, " ", [&](std::string_view word) { words.push_back(word); });
  for (size_t from = words.size() / 3; from + 3 <= words.size(); ++from) {
    const bool unbroken = BareWord(words[from]) == words[from] && BareWord(words[from + 1]) == words[from + 1];
    if (!unbroken) continue;
    std::string phrase(words[from]);
    phrase.append(" ").append(words[from + 1]).append(" ").append(BareWord(words[from + 2]));
    return phrase;
  }
  return "";
}

}  // namespace

KnownItem Generator::Describe(Rid rid) const {
  const Record record = At(rid);
  KnownItem item;
  item.rid = rid;
  item.id = record.id();
  item.title = record.names()[0].text();
  ForEachPiece(item.title, " ", [&](std::string_view word) { item.title_words.emplace_back(BareWord(word)); });
  for (const v1::Account& account : record.accounts()) {
    if (item.phrase.empty()) item.phrase = PhraseOf(account.summary());
    if (item.day == 0 && account.has_date()) item.day = account.date().first_day();
    if (item.actor != 0 || account.role().empty()) continue;
    item.actor = RidOf(*Uuid::FromBytes(account.role(0).actor())).value_or(0);
    const uint64_t index = item.actor - world_->FirstRid(v1::RecordKind::ACTOR);
    item.actor_as_printed = world_->ActorName(index, Language::kEnglish);
    item.actor_elsewhere = world_->ActorName(index, rid % 2 == 0 ? Language::kTajik : Language::kPersian);
  }
  return item;
}

}  // namespace daftar::gen
