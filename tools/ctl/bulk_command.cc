// bulk: the same change of many records, and its undoing.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/model/parts.h"
#include "tools/ctl/bulk_memory.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/edit_work.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/index_work.h"

namespace daftar::ctl {
namespace {

using google::protobuf::Message;
using Json = nlohmann::ordered_json;

constexpr size_t kMostRecords = 5000;            // of one bulk edit
constexpr size_t kMostOfOnePush = 100;           // records
constexpr size_t kMostBytesOfOnePush = 2 << 20;  // fits into a push with all that is around them
constexpr size_t kMostShown = 20;

struct BulkWish {
  std::string query;
  FieldWish fields;
  WhyWish why;
};

// One record that changes.
struct Change {
  Edit edit;
  std::string name;  // "sample:I01"
  std::vector<FieldChange> fields;
  std::vector<v1::PartEdit> parts;
  std::vector<Part> before;
};

// What changes of the record; nullopt: nothing does.
StatusOr<std::optional<Change>> ChangeTo(const Record& record, std::shared_ptr<const Message> message,
                                         const IdNamer& name) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string from, CanonicalBody(record.message()));
  DAFTAR_ASSIGN_OR_RETURN(const std::string to, CanonicalBody(*message));
  Change change;
  DAFTAR_ASSIGN_OR_RETURN(change.parts, DiffParts(from, to));
  if (change.parts.empty()) return std::optional<Change>();
  DAFTAR_ASSIGN_OR_RETURN(change.before, SplitParts(from));
  change.fields = DiffMessages(record.message(), *message, name);
  change.name = DisplayName(record) + " (" + DisplayId(record) + ")";
  change.edit = {record.id(), record.kind(), std::move(message)};
  return std::optional(std::move(change));
}

// The records in pushes, checked one by one: all problems of all of them.
struct Pushes {
  std::vector<v1::Mutation> mutations;
  Problems problems, warnings;
};
StatusOr<Pushes> CheckAll(const Workstation& station, const std::vector<Change>& changes, const std::string& reason) {
  Pushes pushes;
  for (size_t first = 0; first < changes.size();) {
    std::vector<Edit> group;
    size_t bytes = 0, next = first;
    for (; next < changes.size() && group.size() < kMostOfOnePush && bytes < kMostBytesOfOnePush; ++next) {
      for (const v1::PartEdit& part : changes[next].parts) bytes += part.ByteSizeLong();
      group.push_back(changes[next].edit);
    }
    DAFTAR_ASSIGN_OR_RETURN(CheckedEdit checked, station.Check(group, reason));
    // Only those that are wrong are asked again, to tell whose problem it is.
    for (size_t i = 0; !checked.problems.empty() && i < group.size(); ++i) {
      DAFTAR_ASSIGN_OR_RETURN(const CheckedEdit alone, station.Check({&group[i], 1}, reason));
      for (const FieldProblem& problem : alone.problems)
        pushes.problems.push_back(
            {changes[first + i].name + (problem.path.empty() ? "" : ": " + problem.path), problem.message});
    }
    Append(pushes.warnings, std::move(checked.warnings));
    if (checked.mutation.edit_size() > 0) pushes.mutations.push_back(std::move(checked.mutation));
    first = next;
  }
  return pushes;
}

Status QueueAll(Workstation& station, const Pushes& pushes, Reply& reply) {
  for (const v1::Mutation& mutation : pushes.mutations) {
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t number, station.Queue(mutation));
    reply.json["queued"].push_back(number);
  }
  return OkStatus();
}

std::string QueuedWords(const Reply& reply) {
  const Json& queued = reply.json["queued"];
  if (queued.empty()) return "";
  std::string words = "queued as #" + std::to_string(queued.front().get<uint64_t>());
  if (queued.size() > 1) words += " to #" + std::to_string(queued.back().get<uint64_t>());
  return words + "; it goes out with the next sync\n";
}

// The first few, field by field.
void Preview(const std::vector<Change>& changes, Reply& reply) {
  reply.json["preview"] = Json::array();
  for (size_t i = 0; i < std::min(changes.size(), kMostShown); ++i) {
    const Change& change = changes[i];
    reply.json["preview"].push_back({{"id", change.edit.id.ToString()},
                                     {"kind", KindWord(change.edit.kind)},
                                     {"title", change.name},
                                     {"changes", ChangesAsJson(change.fields)}});
    reply.text += change.name + "\n" + ChangesAsText(change.fields);
  }
  if (changes.size() > kMostShown) reply.text += "… and " + Counted(changes.size() - kMostShown, "record") + " more\n";
}

StatusOr<std::vector<Uuid>> Find(const ReadView& read, const std::string& query) {
  SearchRequest request;
  request.query = query;
  request.limit = kMostRecords;
  request.sort = search::Sort::kNewest;
  request.why = false;
  DAFTAR_ASSIGN_OR_RETURN(const SearchResult found, read.Search(request));
  if (found.total > kMostRecords) {
    return InvalidArgument("the query finds " + std::to_string(found.total) +
                           " records, and a bulk edit changes at most " + std::to_string(kMostRecords) +
                           ": narrow it. Nothing was changed");
  }
  std::vector<Uuid> ids;
  for (const SearchHit& hit : found.hits) ids.push_back(hit.id);
  return ids;
}

BulkMemory MemoryOf(const std::vector<Change>& changes, const std::string& reason) {
  BulkMemory memory{reason, {}};
  for (const Change& change : changes) {
    for (const v1::PartEdit& part : change.parts) {
      const PartId id{part.field(), part.key()};
      memory.parts.push_back(
          {change.edit.id, change.edit.kind, id, std::string(FindPart(change.before, id)), part.value()});
    }
  }
  return memory;
}

// What the fields make of each record that is found.
struct Wanted {
  size_t found = 0;
  std::vector<Change> changes;
  Problems problems;
};
StatusOr<Wanted> WantedOf(const ReadView& read, const BulkWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> ids, Find(read, wish.query));
  Wanted wanted{ids.size(), {}, {}};
  const IdNamer name = NamerOf(read);
  for (const Uuid& id : ids) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, read.Get(id));
    if (!record) continue;
    std::shared_ptr<Message> message(record->message().New());
    message->CopyFrom(record->message());
    DAFTAR_ASSIGN_OR_RETURN(const Problems problems, ApplyFields(wish.fields, ResolverOf(read), message.get()));
    for (const FieldProblem& problem : problems)
      wanted.problems.push_back({DisplayId(*record) + ": " + problem.path, problem.message});
    if (!problems.empty()) continue;
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Change> change, ChangeTo(*record, std::move(message), name));
    if (change) wanted.changes.push_back(*std::move(change));
  }
  return wanted;
}

Reply EditMany(const Context& context, Workstation& station, const BulkWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const View::TextIndexState index, station.view().TextIndex());
  if (index.behind > 0) DAFTAR_RETURN_IF_ERROR(CatchUpIndex(context, station));
  Wanted wanted;
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
    DAFTAR_ASSIGN_OR_RETURN(wanted, WantedOf(*read, wish));
  }
  if (wanted.found == 0) return Reply::Error(ExitCode::kNotFound, "the query finds nothing; nothing was changed");
  if (!wanted.problems.empty()) return Reply::Invalid(ProblemCount(wanted.problems, "the edit"), wanted.problems);
  DAFTAR_ASSIGN_OR_RETURN(const Pushes pushes, CheckAll(station, wanted.changes, wish.why.reason));
  if (!pushes.problems.empty()) return Reply::Invalid(ProblemCount(pushes.problems, "the records"), pushes.problems);

  Reply reply = Reply::Answer("bulk_edit");
  reply.json["query"] = wish.query;
  reply.json["found"] = wanted.found;
  reply.json["changed"] = wanted.changes.size();
  reply.json["unchanged"] = wanted.found - wanted.changes.size();
  reply.json["dry_run"] = wish.why.dry_run;
  reply.json["queued"] = Json::array();
  Preview(wanted.changes, reply);
  reply.json["warnings"] = pushes.warnings.size();
  if (!pushes.warnings.empty()) reply.talk.push_back(Counted(pushes.warnings.size(), "warning") + "; edit shows them");
  reply.text +=
      Counted(wanted.found, "record") + " found, " + std::to_string(wanted.changes.size()) + " of them change\n";
  if (wish.why.dry_run || wanted.changes.empty()) {
    reply.text += wish.why.dry_run ? "dry run: nothing was queued\n" : "";
    return reply;
  }
  // First: what was queued and is not remembered could not be taken back.
  DAFTAR_RETURN_IF_ERROR(RememberBulk(station.folder(), MemoryOf(wanted.changes, wish.why.reason)));
  DAFTAR_RETURN_IF_ERROR(QueueAll(station, pushes, reply));
  reply.text += QueuedWords(reply) + "to take it back: daftarctl bulk undo\n";
  return reply;
}

// The records as they were before, as far as nobody has changed the same parts since.
struct Undoing {
  std::vector<Change> changes;
  Problems left;
};
StatusOr<Undoing> UndoingOf(const ReadView& read, const std::vector<BulkPart>& parts) {
  Undoing undoing;
  const IdNamer name = NamerOf(read);
  DAFTAR_ASSIGN_OR_RETURN(const forms::TakingBack back, forms::TakeBack(read, parts));
  for (const forms::TakingBack::Left& left : back.left) {
    if (left.part == PartId{0, 0}) {
      undoing.left.push_back({left.title, "is not here any more"});
    } else {
      undoing.left.push_back({left.title + ": " + PartPath(left.kind, left.part),
                              "is not any more what the bulk edit made it, and stays as it is"});
    }
  }
  for (const Edit& edit : back.edits) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, read.Get(edit.id));
    if (!record) continue;
    DAFTAR_ASSIGN_OR_RETURN(std::optional<Change> change, ChangeTo(*record, edit.message, name));
    if (change) undoing.changes.push_back(*std::move(change));
  }
  return undoing;
}

Reply UndoLast(Workstation& station, const WhyWish& why) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<BulkMemory> memory, RecallBulk(station.folder()));
  if (!memory) return Reply::Error(ExitCode::kNotFound, "there is no bulk edit of this workstation to be taken back");
  Undoing undoing;
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
    DAFTAR_ASSIGN_OR_RETURN(undoing, UndoingOf(*read, memory->parts));
  }
  const std::string reason = why.reason.empty() ? "taken back: " + memory->reason : why.reason;
  DAFTAR_ASSIGN_OR_RETURN(const Pushes pushes, CheckAll(station, undoing.changes, reason));
  if (!pushes.problems.empty()) return Reply::Invalid(ProblemCount(pushes.problems, "the records"), pushes.problems);
  Reply reply = Reply::Answer("bulk_undo");
  reply.json["changed"] = undoing.changes.size();
  reply.json["left"] = ProblemsJson(undoing.left);
  reply.json["dry_run"] = why.dry_run;
  reply.json["queued"] = Json::array();
  Preview(undoing.changes, reply);
  for (const FieldProblem& left : undoing.left) reply.text += ProblemLine(left) + "\n";
  reply.text += Counted(undoing.changes.size(), "record") + " as before\n";
  if (why.dry_run) {
    reply.text += "dry run: nothing was queued\n";
    return reply;
  }
  DAFTAR_RETURN_IF_ERROR(QueueAll(station, pushes, reply));
  DAFTAR_RETURN_IF_ERROR(ForgetBulk(station.folder()));
  reply.text += QueuedWords(reply);
  return reply;
}

Reply RunEdit(Context& context, const BulkWish& wish) {
  if (wish.fields.empty()) return Reply::Error(ExitCode::kUsage, "say what to change: --set review=PROPOSED");
  if (std::optional<Reply> missing = MissingReason(wish.why)) return *std::move(missing);
  return WithWorkstation(context, [&](Workstation& station) { return EditMany(context, station, wish); });
}

}  // namespace

void AddBulkCommands(CLI::App& app, Context& context) {
  CLI::App& bulk = AddVerb(app, "bulk", "The same change of many records, and its undoing",
                           "  daftarctl bulk edit --query 'tag:drones 2023' --set tlp=AMBER --dry-run\n"
                           "  daftarctl bulk undo");
  auto wish = std::make_shared<BulkWish>();
  CLI::App& edit =
      AddVerb(bulk, "edit", "Change all records that a query finds; with --dry-run, see it first",
              "  daftarctl bulk edit --query 'tag:drones 2023' --set tlp=AMBER --dry-run\n"
              "  daftarctl bulk edit --query 'source:S3' --set review=IN_REVIEW --reason \"S3 is in doubt\"");
  edit.add_option("--query", wish->query, "Which records, as daftarctl search finds them")
      ->required()
      ->type_name("QUERY");
  AddSetOption(edit, wish->fields.sets);
  AddWhyOptions(edit, wish->why);
  edit.callback([&context, wish] { context.action = [&context, wish] { return RunEdit(context, *wish); }; });
  auto why = std::make_shared<WhyWish>();
  CLI::App& undo = AddVerb(bulk, "undo", "Take the last bulk edit back, where nobody has changed the same since",
                           "  daftarctl bulk undo --dry-run\n"
                           "  daftarctl bulk undo --reason \"the query was too wide\"");
  AddWhyOptions(undo, *why);
  undo.callback([&context, why] {
    context.action = [&context, why] {
      return WithWorkstation(context, [&](Workstation& station) { return UndoLast(station, *why); });
    };
  });
}

}  // namespace daftar::ctl
