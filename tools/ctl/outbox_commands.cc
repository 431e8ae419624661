// outbox, draft: edits that wait for the server, and edits that came back.
#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>

#include "client/model/sync_state.h"
#include "storage/model/parts.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

// Follows records through edits that lie one over the other, so that each is shown against what came before it.
class Layers {
 public:
  explicit Layers(const ReadView& replica) : replica_(replica) {}

  // What the edit changes; the next edit of the record is compared with the outcome.
  StatusOr<std::vector<FieldChange>> Apply(const v1::RecordEdit& edit, const IdNamer& name) {
    DAFTAR_ASSIGN_OR_RETURN(std::string * body, BodyOf(edit.record()));
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> parts, SplitParts(*body));
    std::vector<Part> before;
    for (const v1::PartEdit& part : edit.part()) {
      const PartId id{part.field(), part.key()};
      before.push_back({id, std::string(FindPart(parts, id))});
    }
    const std::vector<v1::PartEdit> edits(edit.part().begin(), edit.part().end());
    DAFTAR_ASSIGN_OR_RETURN(*body, PatchBody(*body, edits));
    return DiffOfParts(edit.kind(), before, ToParts(edit.part()), name);
  }

 private:
  StatusOr<std::string*> BodyOf(const std::string& id_bytes) {
    const auto known = bodies_.find(id_bytes);
    if (known != bodies_.end()) return &known->second;
    std::string body;
    if (const std::optional<Uuid> id = Uuid::FromBytes(id_bytes)) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, replica_.Get(*id));
      if (record) {
        DAFTAR_ASSIGN_OR_RETURN(body, CanonicalBody(record->message()));
      }
    }
    return &bodies_.emplace(id_bytes, std::move(body)).first->second;
  }

  const ReadView& replica_;
  std::map<std::string, std::string> bodies_;  // by id
};

// How a record is named: its title as seen here, with what waits.
std::string TitleOf(const ReadView& seen, const std::string& id_bytes) {
  const std::optional<Uuid> id = Uuid::FromBytes(id_bytes);
  if (!id) return "(no id)";
  const StatusOr<std::optional<Record>> record = seen.Get(*id);
  if (!record.ok() || !*record) return id->ToString();
  return DisplayName(**record) + " (" + DisplayId(**record) + ")";
}

// The two states of the dataset that a change is read against.
struct Readable {
  std::unique_ptr<ReadView> seen;     // with the outbox
  std::unique_ptr<ReadView> replica;  // without
};

StatusOr<Readable> ReadBoth(Workstation& station) {
  Readable readable;
  DAFTAR_ASSIGN_OR_RETURN(readable.seen, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(readable.replica, station.view().Snapshot());
  return readable;
}

std::string OutcomeWord(const v1::OutboxEntry& entry) {
  if (!entry.has_result()) return entry.tries() == 0 ? "waits" : "sent, no answer yet";
  return "answered " + v1::PushResult::Outcome::Code_Name(entry.result().outcome()) +
         ", shown after the next checkpoint";
}

// One mutation: what it changes in each record.
Status TellMutation(const v1::Mutation& mutation, const Readable& readable, Layers& layers, std::string& text,
                    nlohmann::ordered_json& json) {
  const IdNamer name = NamerOf(*readable.seen);
  json["seq"] = mutation.seq();
  json["author"] = mutation.author();
  json["at"] = TimeJson(mutation.at_ms());
  json["reason"] = mutation.reason();
  json["base_revision"] = mutation.base_revision();
  json["edits"] = nlohmann::ordered_json::array();
  for (const v1::RecordEdit& edit : mutation.edit()) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<FieldChange> changes, layers.Apply(edit, name));
    const std::string title = TitleOf(*readable.seen, edit.record());
    const std::optional<Uuid> id = Uuid::FromBytes(edit.record());
    json["edits"].push_back({{"id", id ? id->ToString() : ""},
                             {"kind", KindWord(edit.kind())},
                             {"title", title},
                             {"create", edit.create()},
                             {"changes", ChangesAsJson(changes)}});
    text += (edit.create() ? " new " : " ") + std::string(KindWord(edit.kind())) + " " + title + "\n" +
            ChangesAsText(changes);
  }
  return OkStatus();
}

std::string MutationHead(const v1::Mutation& mutation, const std::string& state) {
  std::string head = "#" + std::to_string(mutation.seq()) + " " + state + ", " + mutation.author() + ", " +
                     TimeWords(mutation.at_ms());
  return head + (mutation.reason().empty() ? "" : ": " + mutation.reason()) + "\n";
}

Reply ShowOutbox(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> entries, station.Outbox());
  DAFTAR_ASSIGN_OR_RETURN(const Readable readable, ReadBoth(station));
  Layers layers(*readable.replica);
  Reply reply = Reply::Answer("outbox");
  reply.json["total"] = entries.size();
  reply.json["entries"] = nlohmann::ordered_json::array();
  for (const v1::OutboxEntry& entry : entries) {
    nlohmann::ordered_json json;
    std::string text;
    DAFTAR_RETURN_IF_ERROR(TellMutation(entry.mutation(), readable, layers, text, json));
    json["tries"] = entry.tries();
    json["state"] = OutcomeWord(entry);
    reply.json["entries"].push_back(std::move(json));
    reply.text += MutationHead(entry.mutation(), OutcomeWord(entry)) + text;
  }
  if (entries.empty()) reply.text = "nothing waits\n";
  return reply;
}

Reply ListDrafts(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::Draft> drafts, station.Drafts());
  DAFTAR_ASSIGN_OR_RETURN(const Readable readable, ReadBoth(station));
  Reply reply = Reply::Answer("draft");
  reply.json["total"] = drafts.size();
  reply.json["drafts"] = nlohmann::ordered_json::array();
  for (const v1::Draft& draft : drafts) {
    // A draft does not lie over the others: each one is shown against the replica.
    Layers layers(*readable.replica);
    nlohmann::ordered_json json;
    std::string text;
    DAFTAR_RETURN_IF_ERROR(TellMutation(draft.mutation(), readable, layers, text, json));
    std::vector<FieldProblem> problems;
    for (const v1::FieldError& error : draft.error()) problems.push_back({error.path(), error.message()});
    json["put_here"] = TimeJson(draft.at_ms());
    json["problems"] = ProblemsJson(problems);
    reply.json["drafts"].push_back(std::move(json));
    reply.text += MutationHead(draft.mutation(), problems.empty() ? "not sent" : "refused") + text;
    for (const FieldProblem& problem : problems) reply.text += "  refused: " + ProblemLine(problem) + "\n";
  }
  if (drafts.empty()) reply.text = "no drafts\n";
  return reply;
}

}  // namespace

void AddOutboxCommands(CLI::App& app, Context& context) {
  CLI::App& outbox = AddVerb(app, "outbox", "What waits for the server, field by field",
                             "  daftarctl outbox\n"
                             "  daftarctl outbox --json");
  outbox.callback([&context] { context.action = [&context] { return WithWorkstation(context, ShowOutbox); }; });
  CLI::App& draft = AddVerb(app, "draft", "Edits that the server refused, kept with its reasons",
                            "  daftarctl draft list\n"
                            "  daftarctl draft list --json");
  CLI::App& list = AddVerb(draft, "list", "All of them", "  daftarctl draft list\n  daftarctl draft list --json");
  list.callback([&context] { context.action = [&context] { return WithWorkstation(context, ListDrafts); }; });
}

}  // namespace daftar::ctl
