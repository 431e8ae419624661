// search, list: many records, a row each.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/model/list.h"
#include "client/model/search_help.h"
#include "client/model/search_model.h"
#include "client/model/text_page.h"
#include "storage/model/kind.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/index_work.h"
#include "tools/ctl/input.h"
#include "tools/ctl/record_json.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;

struct SearchWish {
  std::vector<std::string> words;
  size_t limit = 20;
  std::string kind;
  std::string sort;
  bool facets = false;
  bool help = false;
};

struct ListWish {
  std::string kind;
  std::string as_of;
  size_t limit = 200;
  bool retired = false;
};

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// A query that cannot be run: what is wrong, with a mark below its place, and what was perhaps meant.
Reply NotUnderstood(const SearchPage& page) {
  const SearchProblem& problem = *page.problem;
  Reply reply = Reply::Error(ExitCode::kUsage, problem.words);
  reply.talk = {"  " + page.query, "  " + problem.mark};
  if (!problem.suggestion.empty()) reply.talk.push_back("did you mean: " + problem.suggestion);
  reply.talk.push_back("What a query can say: daftarctl search --help-query");
  reply.json["query"] = page.query;
  reply.json["column"] = problem.column;
  reply.json["suggestion"] = problem.suggestion.empty() ? Json() : Json(problem.suggestion);
  return reply;
}

Json FacetsJson(const SearchPage& page) {
  Json facets = Json::array();
  for (const SearchFacetGroup& group : page.facets) {
    for (const SearchFacetValue& value : group.values) {
      facets.push_back(
          {{"field", group.field}, {"value", value.value}, {"label", value.label}, {"count", value.count}});
    }
  }
  return facets;
}

Json RespeltJson(const SearchPage& page) {
  Json respelt = Json::array();
  for (const SearchRespelling& word : page.respellings) {
    respelt.push_back({{"word", word.word}, {"instead", word.instead}});
  }
  return respelt;
}

Reply Search(const Context& context, Workstation& station, const SearchWish& wish) {
  if (!wish.kind.empty() && !KindFromWord(wish.kind)) return UnknownKind(wish.kind);
  DAFTAR_ASSIGN_OR_RETURN(const View::TextIndexState index, station.view().TextIndex());
  if (index.behind > 0) DAFTAR_RETURN_IF_ERROR(CatchUpIndex(context, station));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(
      const SearchPage page,
      BuildSearch(
          *read, Joined(wish.words),
          {.limit = wish.limit, .kind = wish.kind, .sort = wish.sort, .facets = wish.facets, .mine = &station.mine()}));
  if (page.problem) return NotUnderstood(page);
  Reply reply = Reply::Answer("search");
  reply.code = page.total == 0 ? ExitCode::kNotFound : ExitCode::kOk;
  reply.json["query"] = page.query;
  reply.json["sort"] = page.sort;
  reply.json["total"] = page.total;
  DAFTAR_ASSIGN_OR_RETURN(reply.json["hits"], RowsJson(*read, page.rows));
  reply.json["facets"] = FacetsJson(page);
  reply.json["respelt"] = RespeltJson(page);
  reply.json["behind"] = page.behind;
  reply.text = SearchAsText(page, {.width = context.width});
  return reply;
}

Reply ExplainQueries() {
  Reply reply = Reply::Answer("search_help");
  reply.json["lines"] = Json::array();
  for (const SearchHelpLine& line : SearchHelp()) {
    reply.json["lines"].push_back({{"written", line.written}, {"means", line.means}});
  }
  reply.text = SearchHelpAsText();
  return reply;
}

// How many records of a kind there are when a list without a day was cut by its limit.
StatusOr<uint64_t> TotalOf(const ReadView& read, const List& list, const ListWish& wish) {
  const std::optional<Kind> kind = KindFromWord(list.kind);
  if (!list.more || !wish.as_of.empty() || !kind) return list.rows.size();
  DAFTAR_ASSIGN_OR_RETURN(const auto counts, read.CountByKind());
  const auto count = counts.find(*kind);
  return count == counts.end() ? list.rows.size() : count->second;
}

Reply ListKind(const Context& context, Workstation& station, const ListWish& wish) {
  if (!KindFromWord(wish.kind)) return UnknownKind(wish.kind);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<int32_t> as_of, ReadDay(wish.as_of));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  ListOptions options;
  options.as_of = as_of;
  options.limit = wish.limit;
  options.with_retired = wish.retired;
  DAFTAR_ASSIGN_OR_RETURN(const List list, BuildList(*read, wish.kind, options));
  Reply reply = Reply::Answer("list");
  reply.json["kind"] = list.kind;
  reply.json["as_of"] = wish.as_of.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(wish.as_of);
  DAFTAR_ASSIGN_OR_RETURN(reply.json["total"], TotalOf(*read, list, wish));
  reply.json["more"] = list.more;
  DAFTAR_ASSIGN_OR_RETURN(reply.json["hits"], RowsJson(*read, list.rows));
  reply.text = ListAsText(list, {.width = context.width});
  return reply;
}

std::vector<std::string> SortWords() {
  std::vector<std::string> words;
  for (const SearchSort& sort : SearchSorts()) words.emplace_back(sort.word);
  return words;
}

void AddSearch(CLI::App& app, Context& context) {
  auto wish = std::make_shared<SearchWish>();
  CLI::App& verb = AddVerb(app, "search", "Find records by a query, in any script and spelling (exit 3: nothing found)",
                           "  daftarctl search Ансоруллоҳ\n"
                           "  daftarctl search 'type:clash place:Darvoz 2023' --sort newest --facets\n\n"
                           "What a query can say:\n" +
                               SearchHelpAsText());
  verb.add_option("query", wish->words, "What to look for; one that begins with - goes behind --")->type_name("QUERY");
  verb.add_option("--sort", wish->sort, "relevance, newest, oldest or severity; default: relevance")
      ->check(CLI::IsMember(SortWords()))
      ->type_name("ORDER");
  verb.add_option("--limit", wish->limit, "At most so many; default 20")->type_name("N");
  verb.add_flag("--facets", wish->facets, "Count as well what would narrow the search: types, years, countries …");
  verb.add_option("--kind", wish->kind, "Only this kind: incident, actor, place, source, relation, alert_period")
      ->type_name("KIND");
  verb.add_flag("--help-query", wish->help, "What a query can say, in ten lines");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      if (wish->help) return ExplainQueries();
      if (wish->words.empty()) {
        return Reply::Error(ExitCode::kUsage,
                            "say what to look for: daftarctl search QUERY\nSee: daftarctl search --help");
      }
      return WithWorkstation(context, [&](Workstation& station) { return Search(context, station, *wish); });
    };
  });
}

void AddList(CLI::App& app, Context& context) {
  auto wish = std::make_shared<ListWish>();
  CLI::App& verb = AddVerb(app, "list", "All records of a kind, newest first; as of a day: what held then",
                           "  daftarctl list incidents --limit 20\n"
                           "  daftarctl list relations --as-of 2020-12-31");
  verb.add_option("kind", wish->kind, "incident, actor, place, source, relation or alert_period")
      ->required()
      ->type_name("KIND");
  verb.add_option("--as-of", wish->as_of, "The day, such as 2024-10-02")->type_name("DATE");
  verb.add_option("--limit", wish->limit, "At most so many; default 200")->type_name("N");
  verb.add_flag("--retired", wish->retired, "Retired records too");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return ListKind(context, station, *wish); });
    };
  });
}

}  // namespace

void AddSearchCommands(CLI::App& app, Context& context) {
  AddSearch(app, context);
  AddList(app, context);
}

}  // namespace daftar::ctl
