#include "storage/authoring/textproto.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <limits>

#include "storage/authoring/json_text.h"
#include "storage/authoring/names.h"
#include "storage/model/fields.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;
using google::protobuf::TextFormat;
using ProtoMessage = google::protobuf::Message;

constexpr int kMaxDepth = 32;

// The word in the quotes number `index` of a message of the parser.
std::string Quoted(const std::string& message, int index) {
  size_t open = message.find('"');
  for (int i = 0; i < 2 * index && open != std::string::npos; ++i) open = message.find('"', open + 1);
  size_t close = open == std::string::npos ? open : message.find('"', open + 1);
  return close == std::string::npos ? "" : message.substr(open + 1, close - open - 1);
}

// The parser's message; where a field is unknown, with the nearest ones.
std::string Helpful(const std::string& message) {
  if (message.find("has no field named") == std::string::npos) return message;
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(Quoted(message, 0));
  if (type == nullptr) return message;
  std::vector<std::string> names;
  for (int i = 0; i < type->field_count(); ++i) names.push_back(type->field(i)->name());
  std::string unknown = Quoted(message, 1);
  std::vector<std::string> nearest = Nearest(unknown, names);
  std::string helpful = "unknown field \"" + unknown + "\"";
  return nearest.empty() ? helpful : helpful + "; did you mean \"" + nearest.front() + "\"?";
}

class ErrorList final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column, const std::string& message) override {
    problems_.push_back({line + 1, column + 1, {"", Helpful(message)}});
  }
  std::vector<LocatedProblem> Take() { return std::move(problems_); }

 private:
  std::vector<LocatedProblem> problems_;
};

// A UUIDv7 in its 16 bytes, which no one types: ID text of that length is ASCII.
bool IsRawId(const std::string& value) {
  if (value.size() != Uuid::kSize) return false;
  bool version7 = (static_cast<unsigned char>(value[6]) & 0xf0) == 0x70;
  bool variant = (static_cast<unsigned char>(value[8]) & 0xc0) == 0x80;
  return version7 && variant;
}

// Walks a message and its locations side by side.
class ReferenceResolver {
 public:
  ReferenceResolver(const IdResolver& resolve, std::vector<LocatedProblem>& problems)
      : resolve_(resolve), problems_(problems) {}

  void Walk(ProtoMessage* message, const TextLocations* locations, const std::string& path) {
    std::vector<const FieldDescriptor*> fields;
    message->GetReflection()->ListFields(*message, &fields);
    for (const FieldDescriptor* field : fields) WalkField(message, *field, locations, JoinPath(path, JsonName(*field)));
  }

 private:
  void WalkField(ProtoMessage* message, const FieldDescriptor& field, const TextLocations* locations,
                 const std::string& path) {
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE && !IsReference(field)) return;
    if (!field.is_repeated()) return WalkElement(message, field, -1, locations, path);
    int size = message->GetReflection()->FieldSize(*message, &field);
    for (int i = 0; i < size; ++i) WalkElement(message, field, i, locations, IndexPath(path, i));
  }

  // `index` is -1 for a singular field.
  void WalkElement(ProtoMessage* message, const FieldDescriptor& field, int index, const TextLocations* locations,
                   const std::string& path) {
    const Reflection& reflection = *message->GetReflection();
    if (IsReference(field)) return Resolve(message, field, index, locations, path);
    const TextLocations* nested = locations ? locations->GetTreeForNested(&field, index) : nullptr;
    Walk(index < 0 ? reflection.MutableMessage(message, &field)
                   : reflection.MutableRepeatedMessage(message, &field, index),
         nested, path);
  }

  void Resolve(ProtoMessage* message, const FieldDescriptor& field, int index, const TextLocations* locations,
               const std::string& path) {
    const Reflection& reflection = *message->GetReflection();
    std::string text =
        index < 0 ? reflection.GetString(*message, &field) : reflection.GetRepeatedString(*message, &field, index);
    if (IsRawId(text)) return;
    StatusOr<Uuid> id = resolve_ ? resolve_(text) : NotFound("references cannot be followed here");
    if (id.ok()) {
      if (index < 0) return reflection.SetString(message, &field, id->str());
      return reflection.SetRepeatedString(message, &field, index, id->str());
    }
    TextFormat::ParseLocation location;
    if (locations) location = locations->GetLocation(&field, index);
    problems_.push_back({location.line + 1, location.column + 1, {path, Message(id.status())}});
  }

  const IdResolver& resolve_;
  std::vector<LocatedProblem>& problems_;
};

std::string LineColumn(const LocatedProblem& problem) {
  return "line " + std::to_string(problem.line) + ", column " + std::to_string(problem.column) + ": ";
}

}  // namespace

std::vector<LocatedProblem> ParseTextproto(std::string_view text, ProtoMessage* message, TextLocations* locations) {
  ErrorList errors;
  if (text.size() > static_cast<size_t>(std::numeric_limits<int>::max())) {
    return {{0, 0, {"", "the text is longer than 2 GiB"}}};
  }
  if (std::optional<size_t> byte = InvalidUtf8At(text)) {
    return {{0, 0, {"", "byte " + std::to_string(*byte) + " is not valid UTF-8: save the text as UTF-8"}}};
  }
  google::protobuf::io::ArrayInputStream input(text.data(), static_cast<int>(text.size()));
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  parser.WriteLocationsTo(locations);
  parser.SetRecursionLimit(kMaxDepth);
  bool parsed = parser.Parse(&input, message);
  std::vector<LocatedProblem> problems = errors.Take();
  if (!parsed && problems.empty()) problems.push_back({0, 0, {"", "the text is not textproto"}});
  return problems;
}

void ResolveReferences(ProtoMessage* message, const TextLocations* locations, const IdResolver& resolve,
                       std::vector<LocatedProblem>& problems) {
  ReferenceResolver(resolve, problems).Walk(message, locations, "");
}

Authored RecordFromTextproto(Kind kind, std::string_view text, const IdResolver& resolve) {
  Authored authored{NewMessage(kind), {}};
  if (Status status = CheckInput(text); !status.ok()) {
    authored.problems.push_back({"", Message(status)});
    return authored;
  }
  TextLocations locations;
  std::vector<LocatedProblem> problems = ParseTextproto(text, authored.record.get(), &locations);
  if (problems.empty()) ResolveReferences(authored.record.get(), &locations, resolve, problems);
  for (LocatedProblem& found : problems) {
    std::string where = found.line > 0 ? LineColumn(found) : "";
    authored.problems.push_back({std::move(found.problem.path), where + found.problem.message});
  }
  return authored;
}

}  // namespace daftar
