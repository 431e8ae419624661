// When a relation held, as its accounts say: see rows.h.
#include <algorithm>
#include <vector>

#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/rows.h"
#include "client/model/words.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

// Texts in order, each with the sources that say so.
class Sayings {
 public:
  void Add(const std::string& text, const std::string& source) {
    auto at = std::find_if(sayings_.begin(), sayings_.end(), [&](const Saying& saying) { return saying.text == text; });
    if (at == sayings_.end()) at = sayings_.insert(sayings_.end(), Saying{text, {}});
    if (std::find(at->sources.begin(), at->sources.end(), source) == at->sources.end()) at->sources.push_back(source);
  }

  std::string Words() const {
    std::vector<std::string> words;
    for (const Saying& saying : sayings_) {
      const std::string sources = SayList(saying.sources, Joint::kComma);
      words.push_back(Say("note.saying", {{"text", saying.text}, {"sources", sources}}));
    }
    return SayList(words, Joint::kSemicolon);
  }

 private:
  struct Saying {
    std::string text;
    std::vector<std::string> sources;
  };
  std::vector<Saying> sayings_;
};

PeriodState StateOf(const v1::Account& account, int32_t day) {
  return account.has_period() ? StateOn(account.period(), day) : PeriodState::kUnknown;
}

// `to`: the end of the relation.
std::string WhereAndWhen(std::string_view to, const v1::Account& account, Names& names) {
  std::string period = SayPeriod(account.period());
  // The place says more only where it is not the end of the relation itself.
  if (account.place().empty() || account.place() == to) return period;
  return Say("note.where_and_when", {{"place", names.LinkTo(account.place()).text}, {"period", period}});
}

// The first account that says that the relation held on the day, a sure one before an unsure one; nullptr if none does.
const v1::Account* HoldingAccount(const Record& relation, int32_t day) {
  const v1::Account* unsure = nullptr;
  for (const v1::Account& account : relation.accounts()) {
    PeriodState state = StateOf(account, day);
    if (!Affirms(account)) continue;
    if (state == PeriodState::kHolds) return &account;
    if (state == PeriodState::kMaybe && unsure == nullptr) unsure = &account;
  }
  return unsure;
}

template <typename Accounts>
std::string NoteOf(std::string_view to, const Accounts& accounts, std::optional<int32_t> day, Names& names) {
  Sayings sure, unsure, denials;
  for (const v1::Account& account : accounts) {
    PeriodState state = day ? StateOf(account, *day) : PeriodState::kHolds;
    if (state == PeriodState::kNotYet || state == PeriodState::kEnded) continue;
    std::string source = names.Label(account.source());
    if (Denies(account)) {
      denials.Add(Say("note.denied"), source);
    } else if (account.stance() == v1::Stance::CANNOT_SAY) {
      unsure.Add(Say("note.not_established"), source);
    } else if (day && (state == PeriodState::kUnknown || !Affirms(account))) {
      continue;
    } else if (state == PeriodState::kMaybe) {
      unsure.Add(Say("note.perhaps", {{"text", WhereAndWhen(to, account, names)}}), source);
    } else {
      const std::string text = WhereAndWhen(to, account, names);
      const std::string modality = SayCode(v1::Modality::Code_Name(account.modality()));
      sure.Add(Affirms(account) ? text : Say("note.modality", {{"modality", modality}, {"text", text}}), source);
    }
  }
  std::vector<std::string> parts;
  for (const Sayings* sayings : {&sure, &unsure, &denials}) {
    if (std::string words = sayings->Words(); !words.empty()) parts.push_back(words);
  }
  return SayList(parts, Joint::kSemicolon);
}

}  // namespace

bool Affirms(const v1::Account& account) {
  bool says_so = account.stance() == v1::Stance::STATES || account.stance() == v1::Stance::CONFIRMS;
  switch (account.modality()) {
    case v1::Modality::NEGATED:
    case v1::Modality::EXPECTED:
    case v1::Modality::HYPOTHETICAL:
      return false;
    default:
      return says_so;
  }
}

bool HeldOn(const Record& relation, int32_t day) { return HoldingAccount(relation, day) != nullptr; }

void DateByHolding(const Record& relation, int32_t day, ListRow& row) {
  const v1::Period& period = HoldingAccount(relation, day)->period();
  row.date = SayPeriod(period);
  row.first_day = row.sort_day = std::nullopt;
  if (!period.has_from()) return;
  row.first_day = period.from().first_day();
  row.sort_day = period.from().last_day();
}

std::string RelationNote(const Record& relation, std::optional<int32_t> day, Names& names) {
  return NoteOf(relation.relation().to(), relation.accounts(), day, names);
}

std::string RelationNote(const search::Row::Relation& relation, Names& names) {
  return NoteOf(relation.to, relation.accounts, std::nullopt, names);
}

}  // namespace daftar
