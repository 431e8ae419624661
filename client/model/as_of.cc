#include "client/model/as_of.h"

#include <algorithm>
#include <optional>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/model/names.h"
#include "storage/model/date.h"
#include "storage/model/shown.h"

namespace daftar {
namespace {

bool HasEnd(const v1::Period& period) { return HasDate(period.to()) && !period.open_end(); }

// The day on which the account's source was published; nullopt: not said.
std::optional<int32_t> PublishedOn(const v1::Account& account, Names& names) {
  const Record* source = names.Find(account.source());
  bool dated = source != nullptr && source->kind() == v1::RecordKind::SOURCE && HasDate(source->source().published());
  return dated ? std::optional<int32_t>(source->source().published().last_day()) : std::nullopt;
}

// Whether the end was still to come as the account's source spoke, and no source that came later gives it too.
bool EndIsOnlyPlanned(const Record& record, const v1::Account& account, Names& names) {
  const v1::FuzzyDate& end = account.period().to();
  std::optional<int32_t> published = PublishedOn(account, names);
  if (!HasEnd(account.period()) || !published || *published >= end.last_day()) return false;
  return std::none_of(record.accounts().begin(), record.accounts().end(), [&](const v1::Account& other) {
    std::optional<int32_t> later = PublishedOn(other, names);
    return !Denies(other) && HasEnd(other.period()) && !Contradict(end, other.period().to()) && later &&
           *later >= other.period().to().last_day();
  });
}

// The account whose period counts: of a relation, whose accounts each say what they knew, one that says it held then;
// else the shown one.
const v1::Account* AccountOfPeriod(const Record& record, int32_t day, Names& names) {
  if (record.kind() == v1::RecordKind::RELATION) {
    for (PeriodState wanted : {PeriodState::kHolds, PeriodState::kMaybe, PeriodState::kEnded, PeriodState::kNotYet}) {
      for (const v1::Account& account : record.accounts()) {
        if (!Denies(account) && account.has_period() && StateOn(account.period(), day) == wanted) return &account;
      }
    }
    return nullptr;
  }
  Shown shown = names.Take(ComputeShown(record, names.Lookup()));
  const ShownValue* value = shown.find(v1::Attribute::PERIOD);
  return value == nullptr ? nullptr : FindAccount(record, value->account);
}

std::string ActiveWords(const v1::Period& period, bool maybe, bool planned) {
  if (!HasEnd(period)) return Say(maybe ? "as_of.maybe" : "as_of.active");
  const std::string end = SayDate(period.to());
  if (planned) return Say(maybe ? "as_of.maybe_planned" : "as_of.active_planned", {{"date", end}});
  return Say(maybe ? "as_of.maybe_until" : "as_of.active_until", {{"date", end}});
}

}  // namespace

std::string_view AsOfStateWord(AsOfState state) {
  switch (state) {
    case AsOfState::kNotYet:
      return "not_yet";
    case AsOfState::kActive:
      return "active";
    case AsOfState::kEnded:
      return "ended";
    case AsOfState::kUnknown:
      break;
  }
  return "unknown";
}

StatusOr<AsOfStatus> StatusAsOf(const ReadView& view, const Record& record, int32_t day) {
  Names names(view);
  AsOfStatus status;
  const v1::Account* account = AccountOfPeriod(record, day, names);
  if (account == nullptr || !names.status().ok())
    return names.status().ok() ? StatusOr<AsOfStatus>(status) : names.status();

  const v1::Period& period = account->period();
  bool planned = EndIsOnlyPlanned(record, *account, names);
  if (HasDate(period.from())) status.start = IsoDay(period.from().first_day());
  if (HasEnd(period)) status.end = IsoDay(period.to().last_day());
  if (planned) status.planned_end = status.end;

  PeriodState state = StateOn(period, day);
  switch (state) {
    case PeriodState::kUnknown:
      status.words = Say("as_of.unknown");
      break;
    case PeriodState::kNotYet:
      status.state = AsOfState::kNotYet;
      status.words = Say("as_of.not_yet", {{"date", SayDate(period.from())}});
      break;
    case PeriodState::kMaybe:
    case PeriodState::kHolds:
      status.state = AsOfState::kActive;
      status.words = ActiveWords(period, state == PeriodState::kMaybe, planned);
      break;
    case PeriodState::kEnded:
      status.state = AsOfState::kEnded;
      status.words = Say(planned ? "as_of.ended_planned" : "as_of.ended", {{"date", SayDate(period.to())}});
      break;
  }
  if (!names.status().ok()) return names.status();
  return status;
}

}  // namespace daftar
