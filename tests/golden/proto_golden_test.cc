// The schema outlives every program that knows it: a number that was once given means the same for ever.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/golden/schema.h"

namespace daftar {
namespace {

namespace pb = google::protobuf;

constexpr char kGolden[] = DAFTAR_SOURCE_DIR "/tests/golden/proto_fields.txt";

// Where the rule of numbers in records.proto draws its lines.
constexpr int kLastSinglePart = 39;
constexpr int kFirstSharedNumber = 30;
constexpr int kLastSharedNumber = 59;

std::vector<std::string> ReadGolden() {
  std::vector<std::string> lines;
  std::ifstream file(kGolden);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

void WriteGolden(const std::vector<std::string>& lines) {
  std::ofstream file(kGolden);
  for (const std::string& line : lines) file << line << "\n";
}

// Lines of `all` that `some` lacks, each behind a sign.
std::string Lacking(const std::vector<std::string>& some, const std::vector<std::string>& all, const char* sign) {
  const std::set<std::string> known(some.begin(), some.end());
  std::string text;
  for (const std::string& line : all) {
    if (!known.contains(line)) text += sign + line + "\n";
  }
  return text;
}

std::vector<const pb::FieldDescriptor*> RecordFields(const Schema& schema) {
  std::vector<const pb::FieldDescriptor*> fields;
  const pb::FileDescriptor* records = schema.file("records.proto");
  if (records == nullptr) return fields;
  for (int i = 0; i < records->message_type_count(); ++i) {
    const pb::Descriptor& kind = *records->message_type(i);
    for (int j = 0; j < kind.field_count(); ++j) fields.push_back(kind.field(j));
  }
  return fields;
}

bool IsKeyedCollection(const pb::FieldDescriptor& field) {
  if (!field.is_repeated() || field.message_type() == nullptr) return false;
  const pb::FieldDescriptor* key = field.message_type()->FindFieldByNumber(1);
  return key != nullptr && key->name() == "key" && key->type() == pb::FieldDescriptor::TYPE_UINT64 &&
         !key->is_repeated();
}

// What a field is, without the kind of record that it stands in.
std::string Meaning(const pb::FieldDescriptor& field) {
  const std::string type = field.message_type() != nullptr ? field.message_type()->full_name()
                           : field.enum_type() != nullptr  ? field.enum_type()->full_name()
                                                           : field.type_name();
  return field.name() + (field.is_repeated() ? " repeated " : " ") + type;
}

TEST(ProtoGolden, SchemaCanBeRead) { EXPECT_FALSE(RecordFields(Schema()).empty()); }

TEST(ProtoGolden, EveryNumberKeepsItsMeaning) {
  const std::vector<std::string> now = ContractLines(Schema());
  if (std::getenv("DAFTAR_UPDATE_GOLDEN") != nullptr) WriteGolden(now);
  const std::vector<std::string> golden = ReadGolden();
  const std::string changes = Lacking(now, golden, "- ") + Lacking(golden, now, "+ ");
  EXPECT_TRUE(changes.empty())
      << "The schema differs from tests/golden/proto_fields.txt:\n"
      << changes
      << "A new field (+ alone) is fine. A line that goes (-) breaks stored records and older programs: a field\n"
      << "that is no longer used leaves `reserved` with its number and name; nothing is renumbered or retyped.\n"
      << "If the change is meant, write the list anew and commit it with the schema:\n"
      << "  DAFTAR_UPDATE_GOLDEN=1 ctest --preset dev -R proto_golden_test";
}

TEST(RuleOfNumbers, ACollectionFrom40OnHasKeyedItems) {
  const Schema schema;
  for (const pb::FieldDescriptor* field : RecordFields(schema)) {
    if (field->number() <= kLastSinglePart) continue;
    EXPECT_TRUE(IsKeyedCollection(*field))
        << field->full_name() << " = " << field->number() << " must be a repeated message with `uint64 key = 1`";
  }
}

TEST(RuleOfNumbers, AKeyedItemNeverStandsBelow40) {
  const Schema schema;
  for (const pb::FieldDescriptor* field : RecordFields(schema)) {
    if (field->number() > kLastSinglePart) continue;
    EXPECT_FALSE(IsKeyedCollection(*field))
        << field->full_name() << " = " << field->number() << " would be merged as one part, and its keys never be used";
  }
}

TEST(RuleOfNumbers, From30To59EveryKindMeansTheSame) {
  const Schema schema;
  std::map<int, const pb::FieldDescriptor*> first;
  for (const pb::FieldDescriptor* field : RecordFields(schema)) {
    if (field->number() < kFirstSharedNumber || field->number() > kLastSharedNumber) continue;
    const pb::FieldDescriptor* other = first.try_emplace(field->number(), field).first->second;
    EXPECT_EQ(Meaning(*field), Meaning(*other)) << field->full_name() << " and " << other->full_name() << " share the "
                                                << "number " << field->number();
  }
}

}  // namespace
}  // namespace daftar
