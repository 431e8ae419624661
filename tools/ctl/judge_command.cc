// judge: whether two actors are one. A judgement stands in one of the two records, may be changed and taken back, and
// joins nothing.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

// The actor without judgements on the other; nullptr if it has none.
std::shared_ptr<v1::Actor> Without(const Record& actor, const Uuid& other) {
  auto message = std::make_shared<v1::Actor>(actor.actor());
  auto& judged = *message->mutable_same_as();
  const int before = judged.size();
  for (int i = judged.size(); i-- > 0;) {
    if (judged[i].other() == other.bytes()) judged.DeleteSubrange(i, 1);
  }
  return judged.size() == before ? nullptr : message;
}

// The edits that leave one judgement on the pair, or none. Where the other actor's record has it, it is changed there:
// both pages read both.
StatusOr<std::vector<Edit>> EditsOf(const Record& actor, const Record& other, const JudgeWish& wish) {
  const std::optional<v1::Judgement::Code> verdict = JudgementOf(wish.verdict);
  const std::shared_ptr<v1::Actor> cleared = Without(actor, other.id()), cleared_other = Without(other, actor.id());
  if (!verdict && cleared == nullptr && cleared_other == nullptr)
    return NotFound("nobody has judged whether these two are one");
  const bool there = cleared == nullptr && cleared_other != nullptr;
  const Record& holder = there ? other : actor;
  const std::shared_ptr<v1::Actor> old = there ? cleared_other : cleared;
  std::vector<Edit> edits;
  if (verdict) {
    auto message = old != nullptr ? old : std::make_shared<v1::Actor>(holder.actor());
    v1::Resemblance& judged = *message->add_same_as();
    judged.set_other((there ? actor : other).id().str());
    judged.set_judgement(*verdict);
    judged.set_reason(wish.why.reason);
    AssignKeys(message.get());
    edits.push_back({holder.id(), holder.kind(), message});
  } else {
    edits.push_back({holder.id(), holder.kind(), old});
  }
  // One in each: the other goes.
  if (!there && cleared_other != nullptr) edits.push_back({other.id(), other.kind(), cleared_other});
  return edits;
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
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Edit> edits, EditsOf(actor.record, other.record, wish));
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
