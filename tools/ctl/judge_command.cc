// judge: whether two actors are one. A judgement stands in one of the two records, may be changed and taken back, and
// joins nothing.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/forms/judgement.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/edit_work.h"
#include "tools/ctl/field_diff.h"

namespace daftar::ctl {
namespace {

struct JudgeWish {
  std::string id, verdict, other;
  WhyWish why;
};

std::optional<v1::Judgement::Code> JudgementOf(const std::string& word) {
  if (word == "same") return v1::Judgement::SAME;
  if (word == "different") return v1::Judgement::DIFFERENT;
  if (word == "unsure") return v1::Judgement::UNSURE;
  return std::nullopt;
}

Reply Judge(Workstation& station, const JudgeWish& wish) {
  std::unique_ptr<ReadView> read;
  DAFTAR_ASSIGN_OR_RETURN(read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Found actor, FindRecord(*read, wish.id));
  DAFTAR_ASSIGN_OR_RETURN(const Found other, FindRecord(*read, wish.other));
  for (const Found* one : {&actor, &other}) {
    if (one->record.kind() != v1::RecordKind::ACTOR)
      return Reply::Error(ExitCode::kInvalidData, DisplayId(one->record) + " is no actor; only actors are judged so");
  }
  if (actor.id == other.id) return Reply::Error(ExitCode::kInvalidData, "this is the same record twice");
  DAFTAR_ASSIGN_OR_RETURN(
      const std::vector<Edit> edits,
      forms::EditsOfJudgement(actor.record, other.record, JudgementOf(wish.verdict), wish.why.reason));
  DAFTAR_ASSIGN_OR_RETURN(const CheckedEdit checked, station.Check(edits, wish.why.reason));
  if (!checked.problems.empty())
    return Reply::Invalid(ProblemCount(checked.problems, "the judgement"), checked.problems);

  Reply reply = Reply::Answer("judge");
  reply.json["id"] = actor.id.ToString();
  reply.json["other"] = other.id.ToString();
  reply.json["judgement"] = wish.verdict == "undo" ? nlohmann::ordered_json() : nlohmann::ordered_json(wish.verdict);
  reply.json["dry_run"] = wish.why.dry_run;
  reply.json["queued"] = nullptr;
  reply.json["changes"] = nlohmann::ordered_json::array();
  for (const Edit& edit : edits) {
    const Record& before = edit.id == actor.id ? actor.record : other.record;
    const auto changes = DiffMessages(before.message(), *edit.message, NamerOf(*read));
    for (auto& change : ChangesAsJson(changes)) {
      change["id"] = edit.id.ToString();
      reply.json["changes"].push_back(std::move(change));
    }
    reply.text += DisplayName(before) + " (" + DisplayId(before) + ")\n" + ChangesAsText(changes);
  }
  read.reset();
  if (wish.why.dry_run || checked.mutation.edit_size() == 0) {
    reply.text += wish.why.dry_run ? "dry run: nothing was queued\n" : "nothing changes: it is judged so already\n";
    return reply;
  }
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t number, station.Queue(checked.mutation));
  reply.json["queued"] = number;
  reply.text += "queued as #" + std::to_string(number) + "; it goes out with the next sync\n";
  return reply;
}

}  // namespace

void AddJudgeCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<JudgeWish>();
  CLI::App& verb = AddVerb(app, "judge", "Say whether two actors are one; nothing is joined, and it can be taken back",
                           "  daftarctl judge sample:JA same sample:TT --reason \"their own statement says so\"\n"
                           "  daftarctl judge sample:JA undo sample:TT --reason \"the statement was false\"");
  verb.add_option("id", wish->id, "The actor")->required()->type_name("ID");
  verb.add_option("verdict", wish->verdict, "same, different, unsure; or undo")
      ->required()
      ->check(CLI::IsMember({"same", "different", "unsure", "undo"}))
      ->type_name("VERDICT");
  verb.add_option("other", wish->other, "The other actor")->required()->type_name("ID");
  AddWhyOptions(verb, wish->why);
  verb.callback([&context, wish] {
    context.action = [&context, wish]() -> Reply {
      if (std::optional<Reply> missing = MissingReason(wish->why)) return *std::move(missing);
      return WithWorkstation(context, [&](Workstation& station) { return Judge(station, *wish); });
    };
  });
}

}  // namespace daftar::ctl
