#include "tools/ctl/mutation_words.h"

#include <charconv>
#include <optional>
#include <utility>

#include "client/language/dates.h"
#include "storage/model/fields.h"
#include "storage/model/parts.h"
#include "tools/ctl/context.h"
#include "tools/ctl/reply.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

// How a record is named: its title as seen here, with what waits.
std::string TitleOf(const ReadView& seen, const Uuid& id) {
  const StatusOr<std::optional<Record>> record = seen.Get(id);
  if (!record.ok() || !*record) return id.ToString();
  return DisplayName(**record) + " (" + DisplayId(**record) + ")";
}

// A problem names an item by its place, "accounts[2].date"; a change by its key, "accounts[key=7].date". The path as a
// change has it; the same path where it names no item of a collection.
std::string KeyedPathOf(Kind kind, const google::protobuf::Message& record, const std::string& path) {
  const size_t open = path.find('['), close = path.find(']');
  size_t index = 0;
  if (open == std::string::npos || close == std::string::npos) return path;
  const char* end = path.data() + close;
  if (std::from_chars(path.data() + open + 1, end, index).ptr != end) return path;
  const auto* descriptor = record.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    const bool meant = JsonName(*field) == path.substr(0, open) && field->is_repeated() &&
                       IsCollection(static_cast<uint32_t>(field->number()));
    if (!meant || index >= static_cast<size_t>(record.GetReflection()->FieldSize(record, field))) continue;
    const auto& item = record.GetReflection()->GetRepeatedMessage(record, field, static_cast<int>(index));
    const auto* key = item.GetDescriptor()->FindFieldByName("key");
    if (key == nullptr) continue;
    const uint64_t number = item.GetReflection()->GetUInt64(item, key);
    return PartPath(kind, {static_cast<uint32_t>(field->number()), number}) + path.substr(close + 1);
  }
  return path;
}

// Whether one path is the other, or leads through it.
bool Touches(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return b.starts_with(a) && (b.size() == a.size() || b[a.size()] == '.' || b[a.size()] == '[');
}

// The refusals of one record, with the paths that its changes have.
std::vector<FieldProblem> RefusalsOf(const v1::RecordEdit& edit, const std::string& body, const Refusals& refusals) {
  std::vector<FieldProblem> problems;
  const std::unique_ptr<google::protobuf::Message> record = NewMessage(edit.kind());
  const bool readable = record->ParseFromString(body);
  for (const v1::FieldError& refusal : refusals) {
    if (refusal.record() != edit.record()) continue;
    problems.push_back(
        {readable ? KeyedPathOf(edit.kind(), *record, refusal.path()) : refusal.path(), refusal.message()});
  }
  return problems;
}

// The changes, each with what was refused of it below it, and then what belongs to none of them.
std::string ChangesWithRefusals(const std::vector<FieldChange>& changes, std::vector<FieldProblem> problems,
                                nlohmann::ordered_json& json) {
  std::string text;
  json = ChangesAsJson(changes);
  for (size_t i = 0; i < changes.size(); ++i) {
    text += ChangesAsText({&changes[i], 1});
    for (auto problem = problems.begin(); problem != problems.end();) {
      if (problem->path.empty() || !Touches(problem->path, changes[i].path)) {
        ++problem;
        continue;
      }
      text += "    refused: " + problem->message + "\n";
      json[i]["refused"] = problem->message;
      problem = problems.erase(problem);
    }
  }
  for (const FieldProblem& problem : problems) text += "  refused: " + ProblemLine(problem) + "\n";
  return text;
}

}  // namespace

StatusOr<std::vector<FieldChange>> Layers::Apply(const v1::RecordEdit& edit, const IdNamer& name) {
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

StatusOr<std::string*> Layers::BodyOf(const std::string& id_bytes) {
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

StatusOr<Readable> ReadBoth(Workstation& station) {
  Readable readable;
  DAFTAR_ASSIGN_OR_RETURN(readable.seen, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(readable.replica, station.view().Snapshot());
  return readable;
}

StatusOr<std::string> TellMutation(const v1::Mutation& mutation, const Refusals& refusals, const Readable& readable,
                                   Layers& layers, nlohmann::ordered_json& json) {
  const IdNamer name = NamerOf(*readable.seen);
  json["seq"] = mutation.seq();
  json["author"] = mutation.author();
  json["at"] = TimeJson(mutation.at_ms());
  json["reason"] = mutation.reason();
  json["base_revision"] = mutation.base_revision();
  json["settles"] = mutation.settles_size();
  json["edits"] = nlohmann::ordered_json::array();
  std::string text;
  if (!mutation.settles().empty())
    text += "  settles " + Counted(static_cast<uint64_t>(mutation.settles_size()), "conflict") + "\n";
  for (const v1::RecordEdit& edit : mutation.edit()) {
    const std::optional<Uuid> id = Uuid::FromBytes(edit.record());
    const std::string title = id ? TitleOf(*readable.seen, *id) : "(no id)";
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<FieldChange> changes, layers.Apply(edit, name));
    DAFTAR_ASSIGN_OR_RETURN(const std::string* body, layers.BodyOf(edit.record()));
    nlohmann::ordered_json changed;
    const std::string told = ChangesWithRefusals(changes, RefusalsOf(edit, *body, refusals), changed);
    json["edits"].push_back({{"id", id ? id->ToString() : ""},
                             {"kind", KindWord(edit.kind())},
                             {"title", title},
                             {"create", edit.create()},
                             {"changes", std::move(changed)}});
    text += (edit.create() ? " new " : " ") + std::string(KindWord(edit.kind())) + " " + title + "\n" + told;
  }
  for (const v1::FieldError& refusal : refusals) {
    if (!refusal.record().empty()) continue;  // told at its record
    text += "  refused: " + ProblemLine({refusal.path(), refusal.message()}) + "\n";
  }
  return text;
}

std::string MutationHead(const v1::Mutation& mutation, const std::string& state) {
  std::string head =
      "#" + std::to_string(mutation.seq()) + " " + state + ", " + mutation.author() + ", " + SayTime(mutation.at_ms());
  return head + (mutation.reason().empty() ? "" : ": " + mutation.reason()) + "\n";
}

}  // namespace daftar::ctl
