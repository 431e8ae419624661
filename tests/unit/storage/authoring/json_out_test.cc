// Writing JSON, and that what is written reads back as the same message.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "daftar/v1/records.pb.h"
#include "storage/authoring/authoring.h"
#include "storage/base/random.h"
#include "storage/model/date.h"
#include "storage/model/fields.h"
#include "tests/unit/storage/authoring/sample.h"

namespace daftar {
namespace {

using authoring_test::Read;
using authoring_test::Resolve;
using google::protobuf::FieldDescriptor;
using nlohmann::ordered_json;
using ProtoMessage = google::protobuf::Message;

std::string Name(const Uuid& id) { return id == Uuid::FromName("sample:S1") ? "sample:S1" : id.ToString(); }

ordered_json Rewritten(std::string_view json) {
  return ToJson(Read<v1::Incident>(v1::RecordKind::INCIDENT, json), Name);
}

TEST(JsonOutTest, WritesCodesReferencesAndDatesAsPeopleReadThem) {
  EXPECT_EQ(Rewritten(R"({"kind": "clash", "accounts": {"key": 7, "source": "sample:S1", "date": "2023-09-04?",
                          "killed": 3, "point": {"lat": 37.9, "lon": 0}}})")
                .dump(),
            R"({"kind":["CLASH"],"accounts":[{"key":7,"source":"sample:S1","date":"2023-09-04?",)"
            R"("point":{"lat":37.9,"lon":0},"killed":[{"best":3}]}]})");
}

TEST(JsonOutTest, WritesAnObjectWhereADateKeepsItsWording) {
  EXPECT_EQ(Rewritten(R"({"accounts": {"date": {"edtf": "2023", "wording": "last year"}}})").dump(),
            R"({"accounts":[{"date":{"edtf":"2023","wording":"last year"}}]})");
}

TEST(JsonOutTest, WritesTheFieldsOfADateThatEdtfCannotSay) {
  EXPECT_EQ(Rewritten(R"({"accounts": {"date": {"first_day": 1, "last_day": 2, "precision": "YEAR"}}})").dump(),
            R"({"accounts":[{"date":{"first_day":1,"last_day":2,"precision":"YEAR"}}]})");
}

TEST(JsonOutTest, WritesACodeOfANewerSchemaAsItsNumber) { EXPECT_EQ(Rewritten(R"({"acled": 900})")["acled"], 900); }

TEST(JsonOutTest, WritesTheUuidWhereNobodyNamesRecords) {
  v1::Incident incident;
  incident.set_parent(Uuid::FromName("sample:I01").str());
  EXPECT_EQ(ToJson(incident, nullptr)["parent"], Uuid::FromName("sample:I01").ToString());
}

// Fills messages with values that a stored record may hold, for any message of the schema.
class RandomMessage {
 public:
  explicit RandomMessage(uint64_t seed) : random_(seed) {}

  void Fill(ProtoMessage* message) {
    const google::protobuf::Descriptor& descriptor = *message->GetDescriptor();
    for (int i = 0; i < descriptor.field_count(); ++i) {
      const FieldDescriptor& field = *descriptor.field(i);
      uint64_t count = random_.Below(field.is_repeated() ? 3 : 2);
      for (uint64_t n = 0; n < count; ++n) FillField(message, field);
    }
    // Half of the dates are such as EDTF can say.
    auto* date = google::protobuf::DynamicCastToGenerated<v1::FuzzyDate>(message);
    if (date && random_.Below(2)) *date = *ParseEdtf(IsoDay(static_cast<int32_t>(random_.Below(40000))) + "TDAWN%");
  }

 private:
  void FillField(ProtoMessage* message, const FieldDescriptor& field) {
    const google::protobuf::Reflection& reflection = *message->GetReflection();
    bool list = field.is_repeated();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Fill(list ? reflection.AddMessage(message, &field) : reflection.MutableMessage(message, &field));
      case FieldDescriptor::CPPTYPE_ENUM: {
        int code =
            field.enum_type()->value(static_cast<int>(random_.Below(field.enum_type()->value_count())))->number();
        return list ? reflection.AddEnumValue(message, &field, code) : reflection.SetEnumValue(message, &field, code);
      }
      case FieldDescriptor::CPPTYPE_STRING:
        return list ? reflection.AddString(message, &field, Bytes(field))
                    : reflection.SetString(message, &field, Bytes(field));
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.SetInt32(message, &field, static_cast<int32_t>(random_.Below(1'800'000'001)) - 900'000'000);
      case FieldDescriptor::CPPTYPE_UINT32:
        return reflection.SetUInt32(message, &field, static_cast<uint32_t>(random_.Next()));
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.SetInt64(message, &field, static_cast<int64_t>(random_.Below(uint64_t{1} << 53)));
      case FieldDescriptor::CPPTYPE_UINT64:
        return list ? reflection.AddUInt64(message, &field, Key()) : reflection.SetUInt64(message, &field, Key());
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection.SetDouble(message, &field, static_cast<double>(random_.Below(1000)) / 7);
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(message, &field, random_.Below(2) == 1);
      default:
        FAIL() << "the schema has a new type of field: " << field.full_name();
    }
  }

  uint64_t Key() { return random_.Below(uint64_t{1} << 48); }

  std::string Bytes(const FieldDescriptor& field) {
    std::string text = "ӣ\"\\/ انصار " + std::to_string(random_.Next());
    return IsReference(field) ? Uuid::FromName(text).str() : text;
  }

  SeededRandom random_;
};

class RoundTripTest : public ::testing::TestWithParam<Kind> {};

TEST_P(RoundTripTest, GivesBackTheSameMessage) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    std::unique_ptr<ProtoMessage> record = NewMessage(GetParam());
    RandomMessage(seed).Fill(record.get());
    std::string text = ToJson(*record, nullptr).dump();
    Authored back = RecordFromJson(GetParam(), text, Resolve);
    ASSERT_TRUE(back.problems.empty()) << back.problems[0].path << ": " << back.problems[0].message;
    ASSERT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*record, *back.record)) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(EveryKind, RoundTripTest, ::testing::ValuesIn(AllKinds().begin(), AllKinds().end()),
                         [](const auto& kind) { return std::string(KindWord(kind.param)); });

}  // namespace
}  // namespace daftar
