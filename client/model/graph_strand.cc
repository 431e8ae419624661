// Relations, and parts in incidents, as strands of a graph: see graph_walk.h.
#include <algorithm>
#include <span>
#include <utility>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/graph_walk.h"
#include "client/model/graph_words.h"
#include "client/model/rows.h"
#include "client/model/words.h"
#include "storage/model/date.h"
#include "storage/model/roots.h"

namespace daftar {
namespace {

using Accounts = std::vector<const v1::Account*>;

// What the accounts make of a matter, those of other days left aside.
struct Verdict {
  Accounts stating, others, denying;
  bool sure = false;  // one of those that state it says that it held on the very day; true without a day
  // Those that count as its evidence.
  const Accounts& Evidence() const { return !stating.empty() ? stating : !others.empty() ? others : denying; }
};

Verdict Judge(const google::protobuf::RepeatedPtrField<v1::Account>& accounts, std::optional<int32_t> day) {
  Verdict verdict;
  for (const v1::Account& account : accounts) {
    const PeriodState state = day && account.has_period() ? StateOn(account.period(), *day) : PeriodState::kUnknown;
    if (day && (state == PeriodState::kNotYet || state == PeriodState::kEnded)) continue;
    if (Denies(account)) {
      verdict.denying.push_back(&account);
    } else if (Affirms(account) && (!day || state != PeriodState::kUnknown)) {
      verdict.stating.push_back(&account);
      verdict.sure = verdict.sure || !day || state == PeriodState::kHolds;
    } else if (!Affirms(account)) {
      verdict.others.push_back(&account);
    }
  }
  return verdict;
}

bool All(const Accounts& accounts, v1::Modality::Code modality) {
  return !accounts.empty() && std::all_of(accounts.begin(), accounts.end(),
                                          [&](const v1::Account* account) { return account->modality() == modality; });
}

// Sets the line, and marks the words with it. `negated`: the matter is that there is none.
void Mark(const Verdict& verdict, bool negated, GraphStrand& strand) {
  std::string& words = strand.words;
  strand.line = negated ? GraphLine::kDenied : GraphLine::kInDoubt;
  if (verdict.stating.empty() && verdict.others.empty() && !verdict.denying.empty()) {
    strand.line = GraphLine::kDenied;
    words = Say("graph.denied", {{"words", words}});
  } else if (!verdict.stating.empty() && !verdict.denying.empty()) {
    words = Say("graph.disputed", {{"words", words}});
  } else if (All(verdict.stating, v1::Modality::ALLEGED)) {
    words = Say("graph.alleged", {{"words", words}});
  } else if (All(verdict.others, v1::Modality::EXPECTED) && verdict.stating.empty()) {
    words = Say("graph.expected", {{"words", words}});
  } else if (verdict.stating.empty()) {
    words = Say("graph.not_established", {{"words", words}});
  } else if (!verdict.sure) {
    words = Say("graph.perhaps", {{"words", words}});
  } else if (!negated) {
    strand.line = GraphLine::kStated;
  }
}

void Attest(const Accounts& accounts, Names& names, GraphStrand& strand) {
  const RootCount roots = names.Take(CountRoots(std::span(accounts.data(), accounts.size()), names.Lookup()));
  strand.articles = roots.articles;
  strand.sources = roots.roots_at_most;
  strand.told_by = graph_words::ToldBy(roots.articles, roots.roots_at_most);
}

GraphFilter FilterOf(const GraphStrand& strand, const GraphOptions& options) {
  if (options.min_sources > 1 && strand.sources < options.min_sources) return GraphFilter::kFewSources;
  const auto& types = options.types;
  const bool wanted = types.empty() || std::find(types.begin(), types.end(), strand.type) != types.end();
  return wanted ? GraphFilter::kPasses : GraphFilter::kOtherType;
}

void Widen(std::optional<int32_t>& first, std::optional<int32_t>& last, int32_t from, int32_t to) {
  first = first ? std::min(*first, from) : from;
  last = last ? std::max(*last, to) : to;
}

bool IsDated(const v1::Account& account) {
  return account.has_period() && (HasDate(account.period().from()) || HasDate(account.period().to()));
}

}  // namespace

FoundStrand StrandOf(const Record& record, const GraphOptions& options, Names& names) {
  const v1::Relation& relation = record.relation();
  FoundStrand found{.from = relation.from(), .to = relation.to(), .record = record.id()};
  GraphStrand& strand = found.strand;
  strand.address = RecordAddress(KindWord(record.kind()), record.id().ToString());
  strand.display_id = DisplayId(record);
  strand.type = graph_words::TypeKey(relation.type());
  strand.words = RelationWords(relation.type(), relation.negated());

  for (const v1::Account& account : record.accounts()) {
    if (Denies(account) || !IsDated(account)) continue;
    const v1::Period& period = account.period();
    const v1::FuzzyDate& from = HasDate(period.from()) ? period.from() : period.to();
    const v1::FuzzyDate& to = HasDate(period.to()) ? period.to() : period.from();
    Widen(found.first_day, found.last_day, from.first_day(), to.last_day());
  }
  if (options.as_of && !HeldOn(record, *options.as_of)) {
    found.day = found.first_day ? GraphDay::kNotThen : GraphDay::kUndated;
  }
  // One of another day is judged by all that is said of it.
  const Verdict verdict =
      Judge(record.accounts(), found.day == GraphDay::kThen ? options.as_of : std::optional<int32_t>());
  Mark(verdict, relation.negated(), strand);
  Attest(verdict.Evidence(), names, strand);
  const Accounts& evidence = verdict.Evidence();
  const auto dated =
      std::find_if(evidence.begin(), evidence.end(), [](const v1::Account* account) { return IsDated(*account); });
  strand.dates = dated != evidence.end() ? SayPeriod((*dated)->period()) : Say("date.no_dates");
  found.filter = FilterOf(strand, options);
  return found;
}

std::vector<FoundStrand> PartsIn(const Record& incident, const std::string& to, const GraphOptions& options,
                                 Names& names) {
  struct Part {
    Accounts accounts;
    std::vector<std::string> roles;
  };
  std::map<std::string, Part> parts;
  for (const v1::Account& account : incident.accounts()) {
    for (const v1::Role& role : account.role()) {
      Part& part = parts[role.actor()];
      if (part.accounts.empty() || part.accounts.back() != &account) part.accounts.push_back(&account);
      std::string words = role.kind() == v1::RoleKind::UNSET ? "" : SayCode(v1::RoleKind::Code_Name(role.kind()));
      if (!words.empty() && std::find(part.roles.begin(), part.roles.end(), words) == part.roles.end()) {
        part.roles.push_back(std::move(words));
      }
    }
  }
  const ListRow row = MakeRow(incident, names);
  std::vector<FoundStrand> found;
  for (auto& [actor, part] : parts) {
    if (actor.empty() || actor == to) continue;
    FoundStrand one{.from = actor, .to = to, .record = incident.id()};
    one.strand.address = row.address;
    one.strand.display_id = row.display_id;
    one.strand.type = graph_words::kTookPart;
    // Who took part in several things at a place is joined to it by one line.
    const bool of_itself = to == incident.id().bytes();
    one.strand.words = of_itself ? graph_words::TookPart(part.roles) : Say("graph.took_part");
    one.strand.dates = row.date.empty() ? Say("date.no_dates") : row.date;
    one.strand.note = of_itself ? "" : row.title + " (" + Join(part.roles, ", ") + ")";
    Verdict verdict;
    for (const v1::Account* account : part.accounts) {
      (Denies(*account) ? verdict.denying : Affirms(*account) ? verdict.stating : verdict.others).push_back(account);
    }
    verdict.sure = true;
    Mark(verdict, false, one.strand);
    Attest(verdict.Evidence(), names, one.strand);
    if (row.first_day && row.sort_day) Widen(one.first_day, one.last_day, *row.first_day, *row.sort_day);
    if (options.as_of && !of_itself) {
      if (!row.first_day) one.day = GraphDay::kUndated;
      if (row.first_day && *row.first_day > *options.as_of) one.day = GraphDay::kNotThen;
    }
    one.filter = FilterOf(one.strand, options);
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace daftar
