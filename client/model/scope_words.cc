#include "client/model/scope_words.h"

#include <vector>

#include "client/model/words.h"

namespace daftar {
namespace {

// The scope's places by name; one that is not here by its id.
StatusOr<std::vector<std::string>> PlaceNames(const v1::Scope& scope, const ReadView& view) {
  std::vector<std::string> names;
  for (const std::string& place : scope.place()) {
    const Uuid id = *Uuid::FromBytes(place);
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(id));
    names.push_back(record ? DisplayName(*record) : id.ToString());
  }
  return names;
}

std::vector<std::string> KindNames(const v1::Scope& scope) {
  std::vector<std::string> names;
  for (const int kind : scope.kind())
    names.push_back(CodeWords(v1::IncidentKind::Code_Name(static_cast<v1::IncidentKind::Code>(kind))));
  return names;
}

std::string DaysText(const v1::Scope& scope) {
  if (scope.has_first_day() && scope.has_last_day())
    return "from " + DayWords(scope.first_day()) + " to " + DayWords(scope.last_day());
  if (scope.has_first_day()) return "from " + DayWords(scope.first_day()) + " on";
  return scope.has_last_day() ? "up to " + DayWords(scope.last_day()) : "";
}

}  // namespace

StatusOr<std::string> ScopeWords(const Scope& scope, const ReadView& view) {
  if (scope.everything()) return "everything";
  const v1::Scope& message = scope.message();
  std::vector<std::string> clauses;
  const auto add = [&clauses](const std::string& before, const std::vector<std::string>& items) {
    if (!items.empty()) clauses.push_back(before + JoinWords(items, "or"));
  };
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> places, PlaceNames(message, view));
  add("in ", {message.country().begin(), message.country().end()});
  add("in ", places);
  add("of the kind ", KindNames(message));
  if (const std::string days = DaysText(message); !days.empty()) clauses.push_back(days);
  add("tagged ", {message.tag().begin(), message.tag().end()});
  if (message.least_killed() > 0)
    clauses.push_back("with at least " + std::to_string(message.least_killed()) + " killed");
  return "incidents and alert periods " + Join(clauses, ", ");
}

}  // namespace daftar
