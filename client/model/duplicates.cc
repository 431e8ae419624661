#include "client/model/duplicates.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "client/language/countries.h"
#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/name_likeness.h"
#include "client/model/rows.h"
#include "storage/search/analysis/fold.h"
#include "storage/view/read_view.h"

namespace daftar {
namespace {

constexpr size_t kMostNames = 24;
constexpr size_t kMostWordsSought = 16;
constexpr size_t kLettersOfAPrefix = 4;
constexpr size_t kLongEnoughForAPrefix = 6;
// Of relations and incidents of one actor.
constexpr size_t kMostReferrers = 60;
constexpr size_t kMostSharedNamed = 2;
// Actors that point at this one.
constexpr size_t kMostNamed = 20;

struct NamesOf {
  std::vector<ComparedName> names;
  std::vector<bool> weak;  // says little by itself
};

NamesOf NamesOfActor(const Record& record) {
  NamesOf of;
  for (const v1::Name& name : record.names()) {
    if (of.names.size() == kMostNames) break;
    of.names.emplace_back(name.text());
    of.weak.push_back(name.kind() == v1::NameKind::WEAK || !of.names.back().tells() ||
                      record.actor().class_() == v1::ActorClass::POPULATION);
  }
  return of;
}

// The best pair of names of two actors.
struct Pair {
  Likeness likeness = Likeness::kNone;
  bool weak = true;
  const ComparedName* ours = nullptr;
  const ComparedName* theirs = nullptr;

  bool alone() const { return !weak && (likeness == Likeness::kSame || likeness == Likeness::kSpelt); }
  auto weight() const { return std::tuple(alone(), likeness, !weak); }
};

Pair BestPair(const NamesOf& ours, const NamesOf& theirs) {
  Pair best;
  for (size_t i = 0; i < ours.names.size(); ++i) {
    for (size_t j = 0; j < theirs.names.size(); ++j) {
      Pair pair{Compare(ours.names[i], theirs.names[j]), ours.weak[i] || theirs.weak[j], &ours.names[i],
                &theirs.names[j]};
      // A word that says little is in many names.
      if (pair.likeness == Likeness::kHolds && pair.weak) continue;
      if (pair.likeness != Likeness::kNone && pair.weight() > best.weight()) best = pair;
    }
  }
  return best;
}

bool IsBody(const v1::Actor& actor) {
  const auto code = actor.class_();
  return code == v1::ActorClass::STATE || code == v1::ActorClass::STATE_BODY || code == v1::ActorClass::OFFICE ||
         code == v1::ActorClass::SECURITY_FORCE;
}

v1::Judgement::Code JudgedBy(const Record& one, const Record& other, std::string* reason) {
  for (const v1::Resemblance& each : one.actor().same_as()) {
    if (each.other() != other.id().bytes()) continue;
    *reason = each.reason();
    return each.judgement();
  }
  return v1::Judgement::NONE;
}

// What the records themselves say against it.
bool AreTwo(const Record& a, const Record& b) {
  const v1::Actor &one = a.actor(), &other = b.actor();
  const bool classes = one.class_() != other.class_() && one.class_() != v1::ActorClass::UNSET &&
                       other.class_() != v1::ActorClass::UNSET;
  const bool parents = !one.parent().empty() && !other.parent().empty() && one.parent() != other.parent();
  const bool above = one.parent() == b.id().bytes() || other.parent() == a.id().bytes();
  const bool countries = !one.country().empty() && !other.country().empty() && one.country() != other.country();
  return classes || parents || above || (countries && (IsBody(one) || IsBody(other)));
}

bool TakesPart(const v1::Account& account, const std::string& actor) {
  return std::any_of(account.role().begin(), account.role().end(),
                     [&](const v1::Role& role) { return role.actor() == actor || role.office() == actor; });
}

// Whom and where an actor has to do with.
struct Company {
  std::set<std::string> partners;  // other ends of relations
  std::set<std::string> places;    // of incidents in which it took part
  std::vector<const Record*> incidents;
  std::optional<int> first_year, last_year;
};

class Finder {
 public:
  Finder(const Record& actor, const DuplicateOptions& options, Names& names)
      : actor_(actor), options_(options), names_(names), ours_(NamesOfActor(actor)) {}

  StatusOr<std::vector<Suspicion>> Find() {
    DAFTAR_RETURN_IF_ERROR(Gather());
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.pair.weight() > b.pair.weight(); });
    std::vector<Suspicion> suspicions;
    size_t examined = 0;
    for (const Candidate& candidate : found_) {
      if (suspicions.size() == options_.limit || examined++ == kMostExamined) break;
      DAFTAR_RETURN_IF_ERROR(Stopped());
      if (std::optional<Suspicion> suspicion = Examine(candidate)) suspicions.push_back(*std::move(suspicion));
    }
    if (!names_.status().ok()) return names_.status();
    return suspicions;
  }

 private:
  struct Candidate {
    const Record* record;
    NamesOf names;
    Pair pair;  // points into ours_ and `names`
    std::string unsure;
    bool judged_unsure = false;
  };

  Status Stopped() const {
    return options_.stop != nullptr && options_.stop->load() ? Cancelled("the page was left") : OkStatus();
  }

  // "title:(jamaat OR ansarullah)": any word of its names; and "title:(jama* OR ansa*)" for those misspelt.
  Status Gather() {
    std::set<std::string> words, beginnings;
    for (const ComparedName& name : ours_.names) {
      for (const std::string& word : name.words()) {
        if (words.size() < kMostWordsSought) words.insert(word);
        if (beginnings.size() < kMostWordsSought && LettersOf(word) >= kLongEnoughForAPrefix)
          beginnings.insert(Beginning(word) + "*");
      }
    }
    std::set<Uuid> seen = {actor_.id()};
    // Whatever they are called: an editor has named them.
    for (const v1::Resemblance& each : actor_.actor().same_as()) Meet(names_.Find(each.other()), seen);
    for (const Uuid& id : names_.Take(names_.view().Referrers(actor_.id(), v1::RecordKind::ACTOR, kMostNamed)))
      Meet(names_.Find(id), seen);
    DAFTAR_RETURN_IF_ERROR(Search(words, seen));
    return Search(beginnings, seen);
  }

  static std::string Beginning(const std::string& word) {
    size_t end = 0;
    for (size_t letters = 0; end < word.size(); ++end) {
      if ((static_cast<unsigned char>(word[end]) & 0xC0) != 0x80 && letters++ == kLettersOfAPrefix) break;
    }
    return word.substr(0, end);
  }

  Status Search(const std::set<std::string>& words, std::set<Uuid>& seen) {
    if (words.empty()) return OkStatus();
    SearchRequest request;
    for (const std::string& word : words) request.query += (request.query.empty() ? "title:(" : " OR ") + word;
    request.query += ")";
    request.kind = v1::RecordKind::ACTOR;
    request.limit = kMostCandidates;
    request.why = false;
    request.stop = options_.stop;
    DAFTAR_ASSIGN_OR_RETURN(const SearchResult result, names_.view().Search(request));
    for (const SearchHit& hit : result.hits) {
      DAFTAR_RETURN_IF_ERROR(Stopped());
      Meet(names_.Find(hit.id), seen);
    }
    return OkStatus();
  }

  // Each once.
  void Meet(const Record* other, std::set<Uuid>& seen) {
    if (other == nullptr || !seen.insert(other->id()).second) return;
    if (other->kind() == v1::RecordKind::ACTOR && other->retirement() == nullptr) Consider(other);
  }

  void Consider(const Record* other) {
    if (AreTwo(actor_, *other)) return;
    std::string reason;
    v1::Judgement::Code judgement = JudgedBy(actor_, *other, &reason);
    if (judgement == v1::Judgement::NONE) judgement = JudgedBy(*other, actor_, &reason);
    if (judgement == v1::Judgement::SAME || judgement == v1::Judgement::DIFFERENT) return;
    Candidate candidate{other, NamesOfActor(*other), {}, reason, judgement == v1::Judgement::UNSURE};
    candidate.pair = BestPair(ours_, candidate.names);
    if (candidate.pair.likeness == Likeness::kNone && !candidate.judged_unsure) return;
    found_.push_back(std::move(candidate));
  }

  Company CompanyOf(const Record& actor) {
    Company company;
    for (const Uuid& id : names_.Take(names_.view().Referrers(actor.id(), v1::RecordKind::RELATION, kMostReferrers))) {
      const Record* record = names_.Find(id);
      if (record == nullptr) continue;
      const v1::Relation& relation = record->relation();
      const std::string self(actor.id().bytes());
      if (relation.from() == self) company.partners.insert(relation.to());
      if (relation.to() == self) company.partners.insert(relation.from());
    }
    for (const Uuid& id : names_.Take(names_.view().Referrers(actor.id(), v1::RecordKind::INCIDENT, kMostReferrers))) {
      if (const Record* record = names_.Find(id)) AddIncident(*record, std::string(actor.id().bytes()), company);
    }
    return company;
  }

  static void AddIncident(const Record& incident, const std::string& actor, Company& company) {
    bool takes_part = false;
    for (const v1::Account& account : incident.accounts()) {
      if (!TakesPart(account, actor)) continue;
      takes_part = true;
      if (!account.place().empty()) company.places.insert(account.place());
      if (account.date().precision() == v1::DatePrecision::UNSET) continue;
      const int year = CalendarDayOf(account.date().first_day()).year;
      company.first_year = std::min(company.first_year.value_or(year), year);
      company.last_year = std::max(company.last_year.value_or(year), year);
    }
    if (takes_part) company.incidents.push_back(&incident);
  }

  bool StandInOneAccount(const Company& theirs, const std::string& other) const {
    const std::string self(actor_.id().bytes());
    return std::any_of(theirs.incidents.begin(), theirs.incidents.end(), [&](const Record* incident) {
      return std::any_of(incident->accounts().begin(), incident->accounts().end(), [&](const v1::Account& account) {
        return TakesPart(account, self) && TakesPart(account, other);
      });
    });
  }

  // "both have a relation with A", for the first few.
  bool TellShared(const std::set<std::string>& ours, const std::set<std::string>& theirs, std::string_view key,
                  std::vector<std::string>& reasons) {
    size_t told = 0;
    for (const std::string& id : ours) {
      if (!theirs.contains(id) || told == kMostSharedNamed) continue;
      const Record* record = names_.Find(id);
      // A state has to do with everybody.
      if (record == nullptr || (record->kind() == v1::RecordKind::ACTOR && IsBody(record->actor()))) continue;
      reasons.push_back(Say(key, {{"name", names_.Title(*record)}}));
      ++told;
    }
    return told > 0;
  }

  std::optional<Suspicion> Examine(const Candidate& candidate) {
    if (!company_) company_ = CompanyOf(actor_);
    const Company theirs = CompanyOf(*candidate.record);
    const std::string other(candidate.record->id().bytes());
    if (company_->partners.contains(other) || StandInOneAccount(theirs, other)) return std::nullopt;
    std::vector<std::string> shared;
    const bool partners = TellShared(company_->partners, theirs.partners, "duplicate.partner", shared);
    const bool places = TellShared(company_->places, theirs.places, "duplicate.place", shared);
    if (!candidate.pair.alone() && !candidate.judged_unsure && !partners && !places) return std::nullopt;

    Suspicion suspicion{MakeRow(*candidate.record, names_), {}};
    if (candidate.pair.likeness != Likeness::kNone) suspicion.reasons.push_back(NameWords(candidate.pair));
    if (candidate.judged_unsure) suspicion.reasons.push_back(Say("duplicate.unsure", {{"reason", candidate.unsure}}));
    suspicion.reasons.insert(suspicion.reasons.end(), shared.begin(), shared.end());
    const std::string& country = actor_.actor().country();
    if (!country.empty() && country == candidate.record->actor().country())
      suspicion.reasons.push_back(Say("duplicate.country", {{"country", SayCountry(country)}}));
    TellYears(theirs, suspicion.reasons);
    return suspicion;
  }

  static std::string NameWords(const Pair& pair) {
    const char* key = pair.likeness == Likeness::kSame    ? "duplicate.same_name"
                      : pair.likeness == Likeness::kSpelt ? "duplicate.spelt"
                                                          : "duplicate.holds";
    return Say(key, {{"ours", pair.ours->text()}, {"theirs", pair.theirs->text()}});
  }

  void TellYears(const Company& theirs, std::vector<std::string>& reasons) const {
    if (!company_->first_year || !theirs.first_year) return;
    const int from = std::max(*company_->first_year, *theirs.first_year);
    const int to = std::min(*company_->last_year, *theirs.last_year);
    if (from > to) return;
    reasons.push_back(from == to ? Say("duplicate.year", {{"year", SayYear(from)}})
                                 : Say("duplicate.years", {{"from", SayYear(from)}, {"to", SayYear(to)}}));
  }

  const Record& actor_;
  const DuplicateOptions& options_;
  Names& names_;
  const NamesOf ours_;
  std::vector<Candidate> found_;
  std::optional<Company> company_;
};

}  // namespace

StatusOr<std::vector<Suspicion>> FindDuplicates(const Record& actor, const DuplicateOptions& options, Names& names) {
  if (actor.kind() != v1::RecordKind::ACTOR || actor.retirement() != nullptr || options.limit == 0)
    return std::vector<Suspicion>();
  return Finder(actor, options, names).Find();
}

StatusOr<std::vector<Suspicion>> FindDuplicates(const ReadView& view, const Record& actor,
                                                const DuplicateOptions& options) {
  Names names(view);
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Suspicion> found, FindDuplicates(actor, options, names));
  DAFTAR_RETURN_IF_ERROR(names.status());
  return found;
}

}  // namespace daftar
