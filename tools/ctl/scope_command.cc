// scope: which slice of the dataset this replica holds.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "client/model/scope_words.h"
#include "client/sync/estimate.h"
#include "storage/base/bytes.h"
#include "storage/model/date.h"
#include "storage/search/query/codes.h"
#include "storage/search/query/countries.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/estimate_words.h"

namespace daftar::ctl {
namespace {

// What `scope set` asks for, as it was typed.
struct ScopeWish {
  std::vector<std::string> countries, places, kinds, tags;
  std::string first_day, last_day;
  uint32_t least_killed = 0;
  bool everything = false;
  bool dry_run = false;

  bool names_nothing() const {
    return countries.empty() && places.empty() && kinds.empty() && tags.empty() && first_day.empty() &&
           last_day.empty() && least_killed == 0;
  }
};

// --- reading what was typed

Status AddCountries(const ScopeWish& wish, v1::Scope& scope) {
  for (const std::string& text : wish.countries) {
    const std::optional<std::string> code = search::query::CountryCode(text);
    if (!code) return InvalidArgument("--country: there is no country " + text + "; give TJ, or Tajikistan");
    scope.add_country(*code);
  }
  return OkStatus();
}

Status AddPlaces(const ScopeWish& wish, const ReadView& view, v1::Scope& scope) {
  for (const std::string& text : wish.places) {
    DAFTAR_ASSIGN_OR_RETURN(const Found found, FindRecord(view, text));
    if (found.record.kind() != v1::RecordKind::PLACE)
      return InvalidArgument("--place: " + text + " is no place; find one with: daftarctl search 'kind:place …'");
    scope.add_place(found.id.str());
  }
  return OkStatus();
}

Status AddKinds(const ScopeWish& wish, v1::Scope& scope) {
  for (const std::string& text : wish.kinds) {
    std::string constant = text;
    for (char& letter : constant)
      letter = letter == '-' || letter == ' ' ? '_' : static_cast<char>(std::toupper(letter));
    v1::IncidentKind::Code code = v1::IncidentKind::UNSET;
    if (!v1::IncidentKind::Code_Parse(constant, &code) || code == v1::IncidentKind::UNSET)
      return InvalidArgument("--kind: there is no kind of incident " + text +
                             "; clash, seizure and infiltration are some");
    scope.add_kind(code);
  }
  return OkStatus();
}

// "2023" begins on its first day and ends on its last.
Status SetDays(const ScopeWish& wish, v1::Scope& scope) {
  if (!wish.first_day.empty()) {
    const StatusOr<v1::FuzzyDate> date = ParseEdtf(wish.first_day);
    if (!date.ok()) return WithContext(date.status(), "--from");
    scope.set_first_day(date->first_day());
  }
  if (!wish.last_day.empty()) {
    const StatusOr<v1::FuzzyDate> date = ParseEdtf(wish.last_day);
    if (!date.ok()) return WithContext(date.status(), "--to");
    scope.set_last_day(date->last_day());
  }
  return OkStatus();
}

StatusOr<Scope> Read(const ScopeWish& wish, const ReadView& view) {
  v1::Scope scope;
  DAFTAR_RETURN_IF_ERROR(AddCountries(wish, scope));
  DAFTAR_RETURN_IF_ERROR(AddPlaces(wish, view, scope));
  DAFTAR_RETURN_IF_ERROR(AddKinds(wish, scope));
  DAFTAR_RETURN_IF_ERROR(SetDays(wish, scope));
  for (const std::string& tag : wish.tags) scope.add_tag(tag);
  scope.set_least_killed(wish.least_killed);
  return Scope::From(Canonical(scope));
}

// --- telling

nlohmann::ordered_json ScopeJson(const Scope& scope) {
  if (scope.everything()) return nullptr;
  const v1::Scope& message = scope.message();
  nlohmann::ordered_json json;
  json["countries"] = std::vector<std::string>(message.country().begin(), message.country().end());
  json["places"] = nlohmann::ordered_json::array();
  for (const std::string& place : message.place()) json["places"].push_back(Uuid::FromBytes(place)->ToString());
  json["kinds"] = nlohmann::ordered_json::array();
  for (const int kind : message.kind())
    json["kinds"].push_back(v1::IncidentKind::Code_Name(static_cast<v1::IncidentKind::Code>(kind)));
  json["first_day"] = message.has_first_day() ? nlohmann::ordered_json(IsoDay(message.first_day())) : nullptr;
  json["last_day"] = message.has_last_day() ? nlohmann::ordered_json(IsoDay(message.last_day())) : nullptr;
  json["tags"] = std::vector<std::string>(message.tag().begin(), message.tag().end());
  json["least_killed"] = message.least_killed();
  return json;
}

Reply ShowScope(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  DAFTAR_ASSIGN_OR_RETURN(const Scope wanted, Scope::From(status.scope()));
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, station.view().HeldScope());
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, view->Head());
  DAFTAR_ASSIGN_OR_RETURN(const std::string wanted_words, ScopeWords(wanted, *view));
  DAFTAR_ASSIGN_OR_RETURN(const std::string held_words, ScopeWords(held, *view));
  Reply reply = Reply::Answer("scope_show");
  reply.json["scope"] = ScopeJson(wanted);
  reply.json["words"] = wanted_words;
  const bool fetched = !head.cursor().chain().empty(), pending = !fetched || wanted != held;
  reply.json["held"] = ScopeJson(held);
  reply.json["held_words"] = fetched ? held_words : "nothing yet";
  reply.json["pending"] = pending;
  reply.json["records"] = head.records();
  reply.text = "held here    " +
               (fetched ? held_words + "\n             " + Counted(head.records(), "record") : "nothing yet") + "\n";
  if (pending) reply.text += "to be held   " + wanted_words + "\n             from the next sync on\n";
  return reply;
}

StatusOr<v1::Estimate> EstimateOf(const Context& context, Workstation& station, const Scope& scope) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string server, context.ServerOf(station));
  if (server.empty()) return Unavailable("no server is known");
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Connector> connector, context.ConnectorTo(server, station));
  EstimateOptions options;
  options.scope = scope;
  return AskEstimate(station, *connector, options);
}

Reply SetScope(const Context& context, Workstation& station, const ScopeWish& wish) {
  if (wish.everything == !wish.names_nothing())
    return Reply::Error(ExitCode::kUsage, "say what to hold, such as --country TJ --from 2023, or --everything");
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> view, station.Read());
  const StatusOr<Scope> scope = Read(wish, *view);
  if (scope.status().code() == StatusCode::kInvalidArgument)
    return Reply::Error(ExitCode::kInvalidData, Message(scope.status()) + "\nNothing was changed");
  DAFTAR_RETURN_IF_ERROR(scope.status());
  DAFTAR_ASSIGN_OR_RETURN(const std::string words, ScopeWords(*scope, *view));
  const StatusOr<v1::Estimate> estimate = EstimateOf(context, station, *scope);

  Reply reply = Reply::Answer("scope_set");
  reply.json["scope"] = ScopeJson(*scope);
  reply.json["words"] = words;
  reply.json["dry_run"] = wish.dry_run;
  reply.json["estimate"] = nullptr;
  if (estimate.ok()) FillEstimateJson(*estimate, reply.json["estimate"] = nlohmann::ordered_json::object());
  reply.text = (wish.dry_run ? "would hold   " : "to be held   ") + words + "\n";
  reply.text +=
      "             " +
      (estimate.ok() ? EstimateWords(*estimate) : "what that takes is not known: " + Message(estimate.status())) + "\n";
  if (wish.dry_run) return reply;
  DAFTAR_RETURN_IF_ERROR(station.SetScope(scope->message()));
  reply.text += "             from the next sync on: daftarctl sync\n";
  return reply;
}

}  // namespace

void AddScopeCommands(CLI::App& app, Context& context) {
  CLI::App& scope = AddVerb(app, "scope", "Which slice of the dataset this replica holds", "  daftarctl scope show");
  CLI::App& show =
      AddVerb(scope, "show", "Show what is held here", "  daftarctl scope show\n  daftarctl scope show --json");
  show.callback([&context] { context.action = [&context] { return WithWorkstation(context, ShowScope); }; });

  auto wish = std::make_shared<ScopeWish>();
  CLI::App& set =
      AddVerb(scope, "set",
              "Hold a slice from the next sync on, and see first what that takes. Each flag narrows; of one that is "
              "given several times, one has to hold",
              "  daftarctl scope set --country TJ --from 2023 --dry-run\n"
              "  daftarctl scope set --country TJ --country AF --kind clash\n"
              "  daftarctl scope set --everything");
  set.add_option("--country", wish->countries, "Where some account places it: TJ, or Tajikistan")->type_name("COUNTRY");
  set.add_option("--place", wish->places, "In that place, or in what lies in it")->type_name("ID");
  set.add_option("--kind", wish->kinds, "Kind of incident: clash, seizure …; alert periods are held anyhow")
      ->type_name("KIND");
  set.add_option("--from", wish->first_day, "Not over before that day: 2023, 2023-09 or 2023-09-04")->type_name("DATE");
  set.add_option("--to", wish->last_day, "Not begun after that day")->type_name("DATE");
  set.add_option("--tag", wish->tags, "With that tag")->type_name("TAG");
  set.add_option("--killed", wish->least_killed, "Incidents for which some account counts at least so many killed")
      ->type_name("N");
  set.add_flag("--everything", wish->everything, "Hold all of the dataset");
  set.add_flag("--dry-run", wish->dry_run, "Only show what it would take");
  set.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return SetScope(context, station, *wish); });
    };
  });
}

}  // namespace daftar::ctl
