// draft: edits that the server refused, kept with its reasons until they are sent again or thrown away.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/authoring/authoring.h"
#include "storage/model/parts.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/input.h"
#include "tools/ctl/mutation_words.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

struct SendWish {
  uint64_t seq = 0;
  std::vector<std::string> sets;
  std::string reason;
};

Reply NoSuchDraft(uint64_t seq) {
  return Reply::Error(ExitCode::kNotFound, "there is no draft " + std::to_string(seq) + ". See: daftarctl draft list");
}

// All of them, or the one with that number, with what can be done about it.
Reply ShowDrafts(Workstation& station, std::optional<uint64_t> wanted) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> drafts, station.Drafts());
  DAFTAR_ASSIGN_OR_RETURN(const Readable readable, ReadBoth(station));
  Reply reply = Reply::Answer("draft");
  auto list = nlohmann::ordered_json::array();
  for (const v1::Draft& draft : drafts) {
    const uint64_t seq = draft.mutation().seq();
    if (wanted && *wanted != seq) continue;
    // A draft does not lie over the others: each one is shown against the replica.
    Layers layers(*readable.replica);
    nlohmann::ordered_json json;
    DAFTAR_ASSIGN_OR_RETURN(const std::string text,
                            TellMutation(draft.mutation(), draft.error(), readable, layers, json));
    std::vector<FieldProblem> problems;
    for (const v1::FieldError& error : draft.error()) problems.push_back({error.path(), error.message()});
    json["put_here"] = TimeJson(draft.at_ms());
    json["problems"] = ProblemsJson(problems);
    list.push_back(std::move(json));
    reply.text += MutationHead(draft.mutation(), problems.empty() ? "not sent" : "refused") + text;
    if (!wanted) continue;
    const std::string number = std::to_string(seq);
    reply.text += "  to mend it and send it again: daftarctl draft send " + number + " --set PATH=VALUE\n" +
                  "  to throw it away: daftarctl draft discard " + number + "\n";
  }
  if (list.empty() && wanted) return NoSuchDraft(*wanted);
  if (list.empty()) reply.text = "no drafts\n";
  reply.json["total"] = list.size();
  reply.json["drafts"] = std::move(list);
  return reply;
}

std::optional<v1::Draft> FindDraft(const std::vector<v1::Draft>& drafts, uint64_t seq) {
  const auto found = std::find_if(drafts.begin(), drafts.end(),
                                  [seq](const v1::Draft& draft) { return draft.mutation().seq() == seq; });
  return found == drafts.end() ? std::nullopt : std::optional(*found);
}

// The record as the draft wants it, over what is readable here.
struct Mended {
  Edit edit;
  bool changed_since = false;  // a part of it has another revision than the draft was made on
};
StatusOr<Mended> Reapply(const ReadView& read, const v1::RecordEdit& edit, Revision base) {
  const std::optional<Uuid> id = Uuid::FromBytes(edit.record());
  if (!id) return DataLoss("a stored draft names no record");
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, read.Get(*id));
  Mended mended;
  std::string body;
  if (record) {
    DAFTAR_ASSIGN_OR_RETURN(body, CanonicalBody(record->message()));
    const bool retired_since = record->retirement() != nullptr && record->revision_of({kRetiredField, 0}) > base;
    mended.changed_since = retired_since || std::any_of(edit.part().begin(), edit.part().end(), [&](const auto& part) {
                             return record->revision_of({part.field(), part.key()}) > base;
                           });
  }
  DAFTAR_ASSIGN_OR_RETURN(body, PatchBody(body, std::vector<v1::PartEdit>(edit.part().begin(), edit.part().end())));
  std::shared_ptr<google::protobuf::Message> message = NewMessage(edit.kind());
  if (!message->ParseFromString(body)) return InvalidArgument("the draft does not parse; discard it");
  mended.edit = {*id, edit.kind(), std::move(message)};
  return mended;
}

// Sets fields of the draft's record.
StatusOr<std::vector<FieldProblem>> ApplySets(const std::vector<std::string>& sets, const IdResolver& resolve,
                                              Edit& edit) {
  std::shared_ptr<google::protobuf::Message> message(edit.message->New());
  message->CopyFrom(*edit.message);
  std::vector<FieldProblem> problems;
  for (const std::string& set : sets) {
    DAFTAR_ASSIGN_OR_RETURN(const auto assignment, SplitAssignment(set));
    for (FieldProblem& problem : SetField(message.get(), assignment.first, assignment.second, resolve))
      problems.push_back(std::move(problem));
  }
  AssignKeys(message.get());
  edit.message = std::move(message);
  return problems;
}

Reply Queued(uint64_t seq, const StatusOr<uint64_t>& number, bool changed_since) {
  if (number.status().code() == StatusCode::kFailedPrecondition)
    return Reply::Error(ExitCode::kInvalidData, Message(number.status()));
  if (!number.ok()) return number.status();
  Reply reply = Reply::Answer("draft_send");
  reply.json["draft"] = seq;
  reply.json["queued"] = *number;
  reply.json["changed_since"] = changed_since;
  reply.text = "queued as #" + std::to_string(*number) + "; it goes out with the next sync\n";
  if (changed_since) {
    reply.talk.push_back(
        "others changed the same since the draft was made, so it may be parked; nothing of theirs is overwritten");
  }
  return reply;
}

// A resolution goes again as it was: what it settles, and on which state, stays.
Reply SendResolution(Workstation& station, const SendWish& wish, v1::Mutation mutation) {
  if (!wish.sets.empty()) {
    return Reply::Error(ExitCode::kUsage, "the draft resolves a conflict. For another value: daftarctl draft discard " +
                                              std::to_string(wish.seq) +
                                              ", then daftarctl conflict resolve ID --value VALUE");
  }
  mutation.set_at_ms(station.clock().NowMs());
  if (!wish.reason.empty()) mutation.set_reason(wish.reason);
  if (std::vector<FieldProblem> problems = ValidatePush(mutation); !problems.empty())
    return Reply::Invalid("the draft may not be sent so; nothing was changed", std::move(problems));
  return Queued(wish.seq, station.QueueDraft(wish.seq, std::move(mutation)), false);
}

Reply Send(Workstation& station, const SendWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> drafts, station.Drafts());
  const std::optional<v1::Draft> draft = FindDraft(drafts, wish.seq);
  if (!draft) return NoSuchDraft(wish.seq);
  const v1::Mutation& old = draft->mutation();
  if (old.settles_size() > 0) return SendResolution(station, wish, old);
  if (!wish.sets.empty() && old.edit_size() != 1) {
    return Reply::Error(ExitCode::kUsage, "the draft edits several records, so --set does not say which is meant");
  }

  std::vector<Edit> edits;
  bool changed_since = false;
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
    for (const v1::RecordEdit& edit : old.edit()) {
      DAFTAR_ASSIGN_OR_RETURN(Mended mended, Reapply(*read, edit, old.base_revision()));
      changed_since = changed_since || mended.changed_since;
      edits.push_back(std::move(mended.edit));
    }
    if (!wish.sets.empty()) {
      DAFTAR_ASSIGN_OR_RETURN(std::vector<FieldProblem> problems, ApplySets(wish.sets, ResolverOf(*read), edits[0]));
      if (!problems.empty()) return Reply::Invalid("the draft stays as it was", std::move(problems));
    }
  }
  DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.Check(edits, wish.reason.empty() ? old.reason() : wish.reason));
  if (!checked.problems.empty()) {
    return Reply::Invalid("the draft may not be sent so; mend it with --set PATH=VALUE. It stays as it was",
                          checked.problems);
  }
  if (checked.mutation.edit().empty()) {
    return Reply::Error(ExitCode::kInvalidData,
                        "the draft changes nothing any more; throw it away with: daftarctl "
                        "draft discard " +
                            std::to_string(wish.seq));
  }
  // What others did since has not been seen by whoever made the draft: then it is still the older state that it is on.
  if (changed_since) checked.mutation.set_base_revision(old.base_revision());
  return Queued(wish.seq, station.QueueDraft(wish.seq, std::move(checked.mutation)), changed_since);
}

Reply Discard(Workstation& station, uint64_t seq) {
  if (const Status dropped = station.DropDraft(seq); !dropped.ok()) {
    if (dropped.code() == StatusCode::kNotFound) return NoSuchDraft(seq);
    return dropped;
  }
  Reply reply = Reply::Answer("draft_discard");
  reply.json["draft"] = seq;
  reply.text = "thrown away\n";
  return reply;
}

void AddShowAndDiscard(CLI::App& draft, Context& context) {
  auto seq = std::make_shared<uint64_t>(0);
  CLI::App& show = AddVerb(draft, "show", "One of them, and what can be done about it",
                           "  daftarctl draft show 3\n"
                           "  daftarctl draft show 3 --json");
  show.add_option("id", *seq, "Its number, as draft list has it")->required()->type_name("NUMBER");
  show.callback([&context, seq] {
    context.action = [&context, seq] {
      return WithWorkstation(context, [&](Workstation& station) { return ShowDrafts(station, *seq); });
    };
  });
  CLI::App& discard = AddVerb(draft, "discard", "Throw one of them away",
                              "  daftarctl draft discard 3\n"
                              "  daftarctl draft discard 3 --json");
  discard.add_option("id", *seq, "Its number, as draft list has it")->required()->type_name("NUMBER");
  discard.callback([&context, seq] {
    context.action = [&context, seq] {
      return WithWorkstation(context, [&](Workstation& station) { return Discard(station, *seq); });
    };
  });
}

void AddSend(CLI::App& draft, Context& context) {
  auto wish = std::make_shared<SendWish>();
  CLI::App& send = AddVerb(draft, "send", "Send one again, mended if need be, as a new edit of what is there now",
                           "  daftarctl draft send 3 --set 'accounts[2].date=2023-09'\n"
                           "  daftarctl draft send 3 --reason \"the second telling\"");
  send.add_option("id", wish->seq, "Its number, as draft list has it")->required()->type_name("NUMBER");
  send.add_option("--set", wish->sets, "Set a field of its record, as in edit; empty clears it")
      ->type_name("PATH=VALUE")
      ->take_all()
      ->allow_extra_args(false);
  send.add_option("--reason", wish->reason, "Another reason than the draft has")->type_name("TEXT");
  send.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Send(station, *wish); });
    };
  });
}

}  // namespace

void AddDraftCommands(CLI::App& app, Context& context) {
  CLI::App& draft = AddVerb(app, "draft", "Edits that the server refused, kept with its reasons",
                            "  daftarctl draft list\n"
                            "  daftarctl draft send 3 --set 'accounts[2].date=2023-09'");
  CLI::App& list = AddVerb(draft, "list", "All of them", "  daftarctl draft list\n  daftarctl draft list --json");
  list.callback([&context] {
    context.action = [&context] {
      return WithWorkstation(context, [](Workstation& station) { return ShowDrafts(station, std::nullopt); });
    };
  });
  AddSend(draft, context);
  AddShowAndDiscard(draft, context);
}

}  // namespace daftar::ctl
