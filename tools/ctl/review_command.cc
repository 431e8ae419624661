// review: what waits to be looked at, and what is decided about it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/forms/reviewing.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/edit_work.h"
#include "tools/ctl/index_work.h"
#include "tools/ctl/review_words.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;
using State = v1::ReviewState;

constexpr size_t kMostExamined = 2000;  // records

struct ListWish {
  std::string state;
  size_t limit = 50;
};

struct DecideWish {
  std::string id, proposal, comment;
  bool over_newer = false, dry_run = false;
};

// Everything about a record that waits in one of those states; nullopt: nothing does.
StatusOr<std::optional<Told>> TellWaiting(const Record& record, const std::optional<State::Code>& wanted,
                                          const IdNamer& name) {
  const auto waits = [&wanted](State::Code state) { return wanted ? state == *wanted : state != State::ACCEPTED; };
  const State::Code state = ReviewOf(record.message());
  Told told;
  told.json = {{"id", record.id().ToString()}, {"kind", KindWord(record.kind())},
               {"title", DisplayName(record)}, {"ref", DisplayId(record)},
               {"review", StateJson(state)},   {"waits", waits(state)},
               {"pending", record.pending()},  {"comments", CommentsOf(record.message()).size()},
               {"proposals", Json::array()}};
  told.text = DisplayName(record) + " (" + DisplayId(record) + "), " + std::string(KindWord(record.kind())) + ", " +
              StateWord(state) + (record.pending() ? ", not sent yet" : "") + "\n";
  for (const v1::Proposal& proposal : ProposalsOf(record.message())) {
    if (!waits(StateOf(proposal)) || (!wanted && !IsOpen(proposal))) continue;
    DAFTAR_ASSIGN_OR_RETURN(Told one, TellProposal(record, proposal, name));
    told.json["proposals"].push_back(std::move(one.json));
    told.text += one.text;
  }
  if (!waits(state) && told.json["proposals"].empty()) return std::optional<Told>();
  return std::optional(std::move(told));
}

// What was found, what was changed last first.
StatusOr<std::vector<Record>> LatestFirst(const ReadView& read, const SearchResult& found) {
  std::vector<Record> records;
  for (const SearchHit& hit : found.hits) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Record> record, read.Get(hit.id));
    if (record && !record->stub()) records.push_back(*std::move(record));
  }
  std::stable_sort(records.begin(), records.end(), [](const Record& a, const Record& b) {
    return a.revision() != b.revision() ? a.revision() > b.revision() : a.id().str() < b.id().str();
  });
  return records;
}

Reply List(const Context& context, Workstation& station, const ListWish& wish) {
  const std::optional<State::Code> wanted = StateOfWord(wish.state);
  if (!wish.state.empty() && !wanted)
    return Reply::Error(ExitCode::kUsage, "there is no state " + wish.state +
                                              "; there are proposed, in-review, accepted, returned and on-hold");
  DAFTAR_ASSIGN_OR_RETURN(const View::TextIndexState index, station.view().TextIndex());
  if (index.behind > 0) DAFTAR_RETURN_IF_ERROR(CatchUpIndex(context, station));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  SearchRequest request;
  request.query =
      "review:" + (wanted ? StateJson(*wanted) : "proposed,in_review,returned,on_hold") + " OR has:proposal";
  request.limit = kMostExamined;
  request.sort = search::Sort::kNewest;
  request.why = false;
  DAFTAR_ASSIGN_OR_RETURN(const SearchResult found, read->Search(request));
  Reply reply = Reply::Answer("review_list");
  Json records = Json::array();
  size_t total = 0;
  const IdNamer name = NamerOf(*read);
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Record> waiting, LatestFirst(*read, found));
  for (const Record& record : waiting) {
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Told> told, TellWaiting(record, wanted, name));
    if (!told || ++total > wish.limit) continue;
    reply.text += told->text;
    records.push_back(std::move(told->json));
  }
  const bool more = total > records.size() || found.total > found.hits.size();
  if (total == 0) reply.text = "nothing waits\n";
  if (more) reply.talk.push_back("there are more; see them with --limit");
  if (total > 0) reply.talk.push_back("to look at one: daftarctl review show ID");
  reply.json["state"] = wish.state.empty() ? Json() : Json(StateJson(*wanted));
  reply.json["total"] = total;
  reply.json["more"] = more;
  reply.json["records"] = std::move(records);
  return reply;
}

Reply Show(Workstation& station, const std::string& id) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Found found, FindRecord(*read, id));
  const Record& record = found.record;
  const IdNamer name = NamerOf(*read);
  Told comments = TellComments(record);
  Reply reply = Reply::Answer("review_show");
  reply.json["id"] = found.id.ToString();
  reply.json["kind"] = KindWord(record.kind());
  reply.json["title"] = DisplayName(record);
  reply.json["review"] = StateJson(ReviewOf(record.message()));
  reply.json["comments"] = std::move(comments.json);
  reply.json["proposals"] = Json::array();
  reply.text = DisplayName(record) + " (" + DisplayId(record) + "): " + StateWord(ReviewOf(record.message())) + "\n";
  reply.text += comments.text;
  for (const v1::Proposal& proposal : ProposalsOf(record.message())) {
    DAFTAR_ASSIGN_OR_RETURN(Told told, TellProposal(record, proposal, name));
    reply.json["proposals"].push_back(std::move(told.json));
    reply.text += told.text;
  }
  return reply;
}

// A decision, as a verb of the command line.
struct Decision {
  const char* verb;
  State::Code state;
};
constexpr Decision kAccept{"accept", State::ACCEPTED};
constexpr Decision kTakeUp{"take-up", State::IN_REVIEW};
constexpr Decision kReturn{"return", State::RETURNED};
constexpr Decision kHold{"hold", State::ON_HOLD};

std::string SchemaOf(const Decision& decision) {
  std::string verb = std::string("review_") + decision.verb;
  std::replace(verb.begin(), verb.end(), '-', '_');
  return verb;
}

Reply RunDecision(Workstation& station, const DecideWish& wish, const Decision& decision) {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Found found, FindRecord(*read, wish.id));
  DAFTAR_ASSIGN_OR_RETURN(const Voice voice, forms::VoiceOf(station));
  forms::Decision made{0, decision.state, wish.comment, wish.over_newer};
  if (!wish.proposal.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(made.proposal, ChooseKey(ProposalKeys(found.record), wish.proposal, "proposal"));
  }
  DAFTAR_ASSIGN_OR_RETURN(const forms::Decided decided, forms::Decide(found.record, made, voice));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<FieldProblem> overlaps,
                          OverlapProblems(found.record, decided.overlaps, NamerOf(*read)));
  read.reset();
  if (decided.record == nullptr) {
    Reply reply =
        Reply::Error(ExitCode::kConflict,
                     "others changed the same since this was put forward; nothing was changed. To put the "
                     "proposal over what is there now: --over-newer. To send it back: daftarctl review return");
    reply.problems = overlaps;
    return reply;
  }
  const WhyWish why{forms::ReasonOf(made), wish.dry_run};
  Reply reply = QueueEdit(station, SchemaOf(decision), {found.id, found.record.kind(), decided.record},
                          found.record.message(), why);
  if (reply.failed()) return reply;
  reply.json["proposal"] = made.proposal == 0 ? Json() : Json(made.proposal);
  reply.json["state"] = StateJson(decision.state);
  reply.json["overlaps"] = ProblemsJson(overlaps);
  for (const FieldProblem& overlap : overlaps) reply.talk.push_back("put over: " + ProblemLine(overlap));
  return reply;
}

void AddDecision(CLI::App& review, Context& context, const Decision& decision, const std::string& what,
                 const std::string& examples) {
  auto wish = std::make_shared<DecideWish>();
  CLI::App& verb = AddVerb(review, decision.verb, what, examples);
  verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  verb.add_option("--proposal", wish->proposal,
                  "Not the record, but a proposal of it: its key, or the beginning of that")
      ->type_name("KEY");
  CLI::Option* const comment =
      verb.add_option("--comment", wish->comment, "What is said to it; others read it")->type_name("TEXT");
  if (decision.state == State::RETURNED) comment->required();
  if (decision.state == State::ACCEPTED)
    verb.add_flag("--over-newer", wish->over_newer, "Also over what others changed since it was put forward");
  verb.add_flag("--dry-run", wish->dry_run, "Show what would change, and queue nothing");
  verb.callback([&context, wish, decision] {
    context.action = [&context, wish, decision] {
      return WithWorkstation(context, [&](Workstation& station) { return RunDecision(station, *wish, decision); });
    };
  });
}

Reply Clear(Workstation& station, const DecideWish& wish) {
  uint64_t key = 0;
  Reply reply = ChangeRecord(station, "review_clear", wish.id, {forms::kProposalGone, wish.dry_run},
                             [&](const ReadView&, const Record& record) -> StatusOr<Reviewed> {
                               DAFTAR_ASSIGN_OR_RETURN(key, ChooseKey(ProposalKeys(record), wish.proposal, "proposal"));
                               return ClearProposal(record, key);
                             });
  if (!reply.failed()) reply.json["proposal"] = key;
  return reply;
}

void AddClear(CLI::App& review, Context& context) {
  auto wish = std::make_shared<DecideWish>();
  CLI::App& verb = AddVerb(review, "clear", "Take a proposal out of its record: withdraw it, or clear what is decided",
                           "  daftarctl review clear sample:I01 --proposal 2701");
  verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  verb.add_option("--proposal", wish->proposal, "Its key, or the beginning of that")->required()->type_name("KEY");
  verb.add_flag("--dry-run", wish->dry_run, "Show what would change, and queue nothing");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Clear(station, *wish); });
    };
  });
}

}  // namespace

void AddReviewCommands(CLI::App& app, Context& context) {
  CLI::App& review = AddVerb(app, "review", "What waits to be looked at, and what is decided about it",
                             "  daftarctl review list --state proposed\n"
                             "  daftarctl review accept sample:I01 --proposal 2701 --comment \"I asked him\"");
  auto list_wish = std::make_shared<ListWish>();
  CLI::App& list = AddVerb(review, "list", "Records and proposals that wait, with what these would change",
                           "  daftarctl review list\n"
                           "  daftarctl review list --state on-hold --json");
  list.add_option("--state", list_wish->state, "Only these: proposed, in-review, accepted, returned or on-hold")
      ->type_name("STATE");
  list.add_option("--limit", list_wish->limit, "At most so many records; default 50")->type_name("N");
  list.callback([&context, list_wish] {
    context.action = [&context, list_wish] {
      return WithWorkstation(context, [&](Workstation& station) { return List(context, station, *list_wish); });
    };
  });
  auto id = std::make_shared<std::string>();
  CLI::App& show = AddVerb(review, "show", "One record: its state, comments and proposals, and what is in their way",
                           "  daftarctl review show sample:I01\n"
                           "  daftarctl review show sample:I01 --json");
  show.add_option("id", *id, "The record")->required()->type_name("ID");
  show.callback([&context, id] {
    context.action = [&context, id] {
      return WithWorkstation(context, [&](Workstation& station) { return Show(station, *id); });
    };
  });
  AddDecision(review, context, kTakeUp, "Say that somebody is looking at it",
              "  daftarctl review take-up sample:I01\n"
              "  daftarctl review take-up sample:I01 --proposal 2701");
  AddDecision(review, context, kAccept, "Accept a record, or make the change that a proposal wants",
              "  daftarctl review accept sample:I01\n"
              "  daftarctl review accept sample:I01 --proposal 2701 --dry-run");
  AddDecision(review, context, kReturn, "Give it back to its author, with what is missing",
              "  daftarctl review return sample:I01 --comment \"which day was it?\"\n"
              "  daftarctl review return sample:I01 --proposal 2701 --comment \"the article says otherwise\"");
  AddDecision(review, context, kHold, "Leave it until something else is known",
              "  daftarctl review hold sample:I01 --comment \"until the report is out\"");
  AddClear(review, context);
}

}  // namespace daftar::ctl
