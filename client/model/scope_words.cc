#include "client/model/scope_words.h"

#include <vector>

#include "client/language/dates.h"
#include "client/language/language.h"
#include "client/language/lists.h"
#include "client/language/say.h"

namespace daftar {
namespace {

// The scope's places by name; one that is not here by its id.
StatusOr<std::vector<std::string>> PlaceNames(const v1::Scope& scope, const ReadView& view) {
  std::vector<std::string> names;
  for (const std::string& place : scope.place()) {
    const Uuid id = *Uuid::FromBytes(place);
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(id));
    names.push_back(record ? DisplayName(*record, LanguageCode(CurrentLanguage())) : id.ToString());
  }
  return names;
}

std::vector<std::string> KindNames(const v1::Scope& scope) {
  std::vector<std::string> names;
  for (const int kind : scope.kind())
    names.push_back(SayCode(v1::IncidentKind::Code_Name(static_cast<v1::IncidentKind::Code>(kind))));
  return names;
}

std::string DaysText(const v1::Scope& scope) {
  const std::string from = scope.has_first_day() ? SayDay(scope.first_day()) : "";
  const std::string to = scope.has_last_day() ? SayDay(scope.last_day()) : "";
  if (!from.empty() && !to.empty()) return Say("scope.between", {{"from", from}, {"to", to}});
  if (!from.empty()) return Say("scope.from_on", {{"from", from}});
  return to.empty() ? "" : Say("scope.up_to", {{"to", to}});
}

}  // namespace

StatusOr<std::string> ScopeWords(const Scope& scope, const ReadView& view) {
  if (scope.everything()) return Say("scope.everything");
  const v1::Scope& message = scope.message();
  std::vector<std::string> clauses;
  const auto add = [&clauses](std::string_view clause, std::string_view of, const std::vector<std::string>& items) {
    if (!items.empty()) clauses.push_back(Say(clause, {{of, SayList(items, Joint::kOr)}}));
  };
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> places, PlaceNames(message, view));
  add("scope.in", "places", {message.country().begin(), message.country().end()});
  add("scope.in", "places", places);
  add("scope.of_kind", "kinds", KindNames(message));
  if (const std::string days = DaysText(message); !days.empty()) clauses.push_back(days);
  add("scope.tagged", "tags", {message.tag().begin(), message.tag().end()});
  if (message.least_killed() > 0) clauses.push_back(Say("scope.killed", {{"count", message.least_killed()}}));
  return Say("scope.slice", {{"clauses", SayList(clauses, Joint::kComma)}});
}

}  // namespace daftar
