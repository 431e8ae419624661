// Datasets: many records in textproto files that refer to each other. See ReadDataset in authoring.h.
#include <array>
#include <unordered_map>
#include <utility>

#include "storage/authoring/authoring.h"
#include "storage/authoring/textproto.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using ProtoMessage = google::protobuf::Message;

// What is referred to comes before what refers.
constexpr std::array<Kind, 6> kOrder = {v1::RecordKind::PLACE,    v1::RecordKind::ACTOR,
                                        v1::RecordKind::SOURCE,   v1::RecordKind::INCIDENT,
                                        v1::RecordKind::RELATION, v1::RecordKind::ALERT_PERIOD};
constexpr int kExternalField = 43;

// The field of Dataset that holds records of the kind.
const FieldDescriptor& FieldOf(Kind kind) {
  const google::protobuf::Descriptor& dataset = *v1::Dataset::descriptor();
  for (int i = 0; i < dataset.field_count(); ++i) {
    if (dataset.field(i)->message_type() == &KindDescriptor(kind)) return *dataset.field(i);
  }
  DAFTAR_CHECK(!"every kind has a field in Dataset");
  return *dataset.field(0);
}

std::vector<const v1::External*> ExternalsOf(const ProtoMessage& record) {
  const FieldDescriptor* field = record.GetDescriptor()->FindFieldByNumber(kExternalField);
  std::vector<const v1::External*> externals;
  for (int i = 0; i < record.GetReflection()->FieldSize(record, field); ++i) {
    const ProtoMessage& item = record.GetReflection()->GetRepeatedMessage(record, field, i);
    externals.push_back(google::protobuf::DynamicCastToGenerated<v1::External>(&item));
  }
  return externals;
}

// One file, parsed, with the place of every value.
struct ParsedFile {
  std::string name;
  v1::Dataset dataset;
  TextLocations locations;
};

// Finds records of the dataset by what people write.
class DatasetIndex {
 public:
  // False if another record has that external id.
  bool Add(const v1::External& external, const Uuid& id) {
    auto [key, fresh] = by_key_.emplace(external.id(), id);
    if (!fresh && key->second != id) key->second = Uuid();  // nil: not unique
    auto [name, first] = by_name_.emplace(external.system() + ":" + external.id(), id);
    return first || name->second == id;
  }

  StatusOr<Uuid> Resolve(const std::string& text, const IdResolver& beyond) const {
    if (auto name = by_name_.find(text); name != by_name_.end()) return name->second;
    auto key = by_key_.find(text);
    if (key != by_key_.end() && !key->second.is_nil()) return key->second;
    if (beyond) return beyond(text);
    if (key != by_key_.end())
      return InvalidArgument("\"" + text + "\" is the key of several records: write system:key");
    return NotFound("no record " + text);
  }

 private:
  std::unordered_map<std::string, Uuid> by_name_;  // "sample:I01"
  std::unordered_map<std::string, Uuid> by_key_;   // "I01"
};

// Reads in three passes: parse every file, give every record its id, then follow the references among all of them.
class DatasetReader {
 public:
  DatasetReader(const std::vector<DatasetFile>& files, const IdResolver& resolve) : resolve_(resolve) {
    for (const DatasetFile& file : files) Parse(file);
  }

  AuthoredDataset Run() {
    // A file that is half read would only give problems that are not there.
    if (!out_.problems.empty()) return std::move(out_);
    for (Kind kind : kOrder) {
      for (const auto& file : files_) Identify(kind, *file);
    }
    for (Entry& entry : entries_) Finish(entry);
    return std::move(out_);
  }

 private:
  struct Entry {
    Kind kind;
    Uuid id;
    const ParsedFile* file;
    ProtoMessage* message;
    const TextLocations* locations;
    int line;
    std::string label;  // "incident sample:I01"
  };

  void Parse(const DatasetFile& file) {
    auto parsed = std::make_unique<ParsedFile>();
    parsed->name = file.name;
    std::vector<LocatedProblem> problems = ParseTextproto(file.text, &parsed->dataset, &parsed->locations);
    for (const LocatedProblem& found : problems) {
      std::string where = found.line == 0 ? "" : ":" + std::to_string(found.line) + ":" + std::to_string(found.column);
      out_.problems.push_back({file.name + where, found.problem.message});
    }
    files_.push_back(std::move(parsed));
  }

  void Identify(Kind kind, ParsedFile& file) {
    const FieldDescriptor& field = FieldOf(kind);
    const google::protobuf::Reflection& reflection = *file.dataset.GetReflection();
    for (int i = 0; i < reflection.FieldSize(file.dataset, &field); ++i) {
      ProtoMessage* message = reflection.MutableRepeatedMessage(&file.dataset, &field, i);
      int line = file.locations.GetLocation(&field, i).line + 1;
      IdentifyRecord({kind, {}, &file, message, file.locations.GetTreeForNested(&field, i), line, ""});
    }
  }

  void IdentifyRecord(Entry entry) {
    entry.label = KindWord(entry.kind);
    std::vector<const v1::External*> externals = ExternalsOf(*entry.message);
    if (externals.empty() || externals[0]->system().empty() || externals[0]->id().empty()) {
      return Add(entry, entry.line, "external", "every record of a dataset needs an external system and id");
    }
    std::string name = externals[0]->system() + ":" + externals[0]->id();
    entry.id = Uuid::FromName(name);
    entry.label += " " + name;
    if (!seen_.emplace(entry.id, entry.label).second) {
      return Add(entry, entry.line, "external", "another record of the dataset has this external id first");
    }
    for (const v1::External* external : externals) {
      if (index_.Add(*external, entry.id)) continue;
      Add(entry, entry.line, "external", "another record has " + external->system() + ":" + external->id());
    }
    entries_.push_back(std::move(entry));
  }

  void Finish(Entry& entry) {
    std::vector<LocatedProblem> problems;
    IdResolver resolve = [this](std::string_view text) { return index_.Resolve(std::string(text), resolve_); };
    ResolveReferences(entry.message, entry.locations, resolve, problems);
    for (const LocatedProblem& found : problems) Add(entry, found.line, found.problem.path, found.problem.message);
    AssignKeys(entry.message);
    std::unique_ptr<ProtoMessage> record = NewMessage(entry.kind);
    record->GetReflection()->Swap(record.get(), entry.message);
    out_.records.push_back({entry.id, entry.kind, std::move(record)});
  }

  void Add(const Entry& entry, int line, const std::string& path, const std::string& message) {
    std::string where = entry.file->name + ":" + std::to_string(line) + ": " + entry.label + ": " + path;
    out_.problems.push_back({std::move(where), message});
  }

  const IdResolver& resolve_;
  std::vector<std::unique_ptr<ParsedFile>> files_;
  std::vector<Entry> entries_;
  std::unordered_map<Uuid, std::string, UuidHash> seen_;
  DatasetIndex index_;
  AuthoredDataset out_;
};

}  // namespace

AuthoredDataset ReadDataset(const std::vector<DatasetFile>& files, const IdResolver& resolve) {
  return DatasetReader(files, resolve).Run();
}

}  // namespace daftar
