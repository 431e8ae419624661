// Records put into forms and built again: nothing is lost that nobody touched, and whatever a record says can be typed
// from nothing.
#include "client/forms/build.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "client/forms/load.h"
#include "daftar/v1/private.pb.h"
#include "daftar/v1/records.pb.h"

namespace daftar::forms {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

StatusOr<Uuid> ById(std::string_view text) {
  const std::optional<Uuid> id = Uuid::Parse(text);
  return id ? StatusOr<Uuid>(*id) : NotFound("no record " + std::string(text));
}
std::string AsId(const Uuid& id) { return id.ToString(); }

std::vector<DatasetRecord> Sample() {
  std::vector<DatasetFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(DAFTAR_SAMPLE)) {
    if (entry.path().extension() != ".textproto") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files.push_back({entry.path().filename().string(), text.str()});
  }
  AuthoredDataset dataset = ReadDataset(files, [](std::string_view) -> StatusOr<Uuid> { return NotFound("none"); });
  EXPECT_THAT(dataset.problems, IsEmpty());
  for (DatasetRecord& record : dataset.records) AssignKeys(record.record.get());
  return std::move(dataset.records);
}

TEST(BuildTest, LeavesARecordThatNobodyTouchesAsItIs) {
  for (const DatasetRecord& one : Sample()) {
    const Form form = FormOn(std::string(KindWord(one.kind)), *one.record, AsId);
    const Built built = Build(form, *one.record, ById);
    EXPECT_THAT(built.problems, IsEmpty());
    EXPECT_FALSE(form.touched());
    ASSERT_EQ(built.record->SerializeAsString(), one.record->SerializeAsString()) << one.record->ShortDebugString();
  }
}

// Types into an empty form what another one shows.
void Retype(const Form& from, Node from_item, Form& to, Node to_item) {
  for (const Node node : from.item(from_item).fields) {
    const Field& field = from.field(node);
    const Node at = to.FieldOf(to_item, field.spec->name);
    if (field.items.empty() && !field.spec->list) to.SetText(at, field.text, 0);
    for (const Node item : field.items) {
      const Node there = field.spec->list ? to.AddItem(at, 0) : to.ItemOf(at);
      Retype(from, item, to, there);
    }
  }
}

// What a form does not ask for: it comes by other ways.
void Clear(google::protobuf::Message& record) {
  for (const char* name :
       {"choice", "comment", "proposal", "review", "retired", "sha256", "retrieved_ms", "key", "contradicts"}) {
    const auto* field = record.GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) record.GetReflection()->ClearField(&record, field);
  }
  for (int i = 0; i < record.GetDescriptor()->field_count(); ++i) {
    const auto& field = *record.GetDescriptor()->field(i);
    if (field.cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const auto& reflection = *record.GetReflection();
    for (int j = 0; field.is_repeated() && j < reflection.FieldSize(record, &field); ++j) {
      Clear(*reflection.MutableRepeatedMessage(&record, &field, j));
    }
  }
}

TEST(BuildTest, CanTypeWhateverTheSampleSaysFromNothing) {
  for (const DatasetRecord& one : Sample()) {
    const std::string kind(KindWord(one.kind));
    const Form there = FormOn(kind, *one.record, AsId);
    Form typed(kind);
    Retype(there, Form::kRecord, typed, Form::kRecord);
    const std::unique_ptr<google::protobuf::Message> nothing = NewMessage(one.kind);
    Built built = Build(typed, *nothing, ById);
    ASSERT_THAT(built.problems, IsEmpty()) << built.problems[0].path << ": " << built.problems[0].message;
    std::unique_ptr<google::protobuf::Message> wanted(one.record->New());
    wanted->CopyFrom(*one.record);
    Clear(*wanted);
    Clear(*built.record);
    std::string difference;
    google::protobuf::util::MessageDifferencer differencer;
    differencer.ReportDifferencesToString(&difference);
    ASSERT_TRUE(differencer.Compare(*wanted, *built.record)) << kind << " " << one.record->ShortDebugString() << "\n"
                                                             << difference;
  }
}

TEST(BuildTest, TakesUpADraftAsItWasTyped) {
  SeededRandom random(11);
  for (const DatasetRecord& one : Sample()) {
    const std::string kind(KindWord(one.kind));
    Form form = FormOn(kind, *one.record, AsId);
    for (int step = 0; step < 12; ++step) {
      const std::vector<Node> fields = form.AllFields();
      const Node node = fields[random.Below(fields.size())];
      const Field& field = form.field(node);
      if (field.spec->list && random.Below(2) == 0 && !form.ItemsOf(node).empty()) {
        form.RemoveItem(form.ItemsOf(node).front(), 0);
      } else if (field.spec->list) {
        form.AddItem(node, 0);
      } else if (field.items.empty()) {
        form.SetText(node, random.Below(4) == 0 ? "" : "word " + std::to_string(step), 0);
      }
    }
    Form again = FormOn(kind, *one.record, AsId);
    EXPECT_EQ(TakeUp(TypedOf(form), again), 0U);
    std::vector<std::string> was, is;
    for (const Node node : form.AllFields()) was.push_back(form.PathOf(node) + "=" + form.field(node).text);
    for (const Node node : again.AllFields()) is.push_back(again.PathOf(node) + "=" + again.field(node).text);
    ASSERT_EQ(was, is);
  }
}

Built BuildNew(Form& form) { return Build(form, *NewMessage(*KindFromWord(form.kind())), ById); }

TEST(BuildTest, ReadsWhatIsTypedAsPeopleMeanIt) {
  Form form("incident");
  const auto add = [&form](std::string_view path) { form.AddItem(form.Find(path), 0); };
  const auto type = [&form](std::string_view path, std::string text) {
    form.SetText(form.Find(path), std::move(text), 0);
  };
  add("names");
  type("names[0].text", "  Clash in Darvoz ");
  add("kind");
  type("kind[0]", "clash");
  add("accounts");
  type("accounts[0].date", "night of 30 Aug 2023");
  add("accounts[0].killed");
  type("accounts[0].killed[0].figure", "3-5");
  type("accounts[0].killed[0].of", "side b");
  type("accounts[0].point", "38.45, 70.81");
  type("accounts[0].distance", "20 km");
  const Built built = BuildNew(form);
  EXPECT_THAT(built.problems, IsEmpty());
  const auto& incident = static_cast<const v1::Incident&>(*built.record);
  EXPECT_EQ(incident.name(0).text(), "Clash in Darvoz");
  EXPECT_EQ(incident.kind(0), v1::IncidentKind::CLASH);
  const v1::Account& account = incident.account(0);
  EXPECT_EQ(account.date().part(), v1::DayPart::NIGHT);
  EXPECT_EQ(account.killed(0).low(), 3);
  EXPECT_EQ(account.killed(0).of(), v1::Side::SIDE_B);
  EXPECT_EQ(account.point().lon_e7(), 708100000);
  EXPECT_EQ(account.distance().best(), 20000);
  EXPECT_FALSE(account.has_duration());
  EXPECT_FALSE(account.has_period());
}

TEST(BuildTest, AnswersWrongInputOfEveryTypeAtItsField) {
  struct Wrong {
    const char *path, *text, *words;
  };
  for (const Wrong& wrong :
       {Wrong{"accounts[0].date", "30 Febtober 2023", "Febtober"}, Wrong{"accounts[0].date", "31 Feb 2023", "Feb"},
        Wrong{"accounts[0].killed[0]", "many", "write 3"}, Wrong{"accounts[0].killed[0]", "3 kg", "without a unit"},
        Wrong{"accounts[0].distance", "5 kg", "20 km"}, Wrong{"accounts[0].point", "95, 10", "between -90 and 90"},
        Wrong{"accounts[0].source", "nobody", "no record nobody"}, Wrong{"acled", "ARMED_CLAHS", "ARMED_CLASH"},
        Wrong{"event_clarity", "clear", "whole number"}, Wrong{"event_clarity", "1.5", "whole number"},
        Wrong{"accounts[0].credibility", "maybe", "not a known code"},
        Wrong{"names[0].by_editor", "perhaps", "neither yes nor no"}}) {
    Form form("incident");
    form.AddItem(form.Find("names"), 0);
    form.AddItem(form.Find("accounts"), 0);
    form.AddItem(form.Find("accounts[0].killed"), 0);
    const Node field = form.Find(wrong.path);
    ASSERT_NE(field, 0U) << wrong.path;
    form.SetText(field, wrong.text, 0);
    const Built built = BuildNew(form);
    ASSERT_THAT(built.problems, SizeIs(1)) << wrong.path;
    EXPECT_THAT(built.problems[0].message, HasSubstr(wrong.words));
    EXPECT_EQ(built.PlaceOf(built.problems[0].path), field) << built.problems[0].path;
  }
}

TEST(BuildTest, KeepsTheWordingOfADateThatIsCorrected) {
  v1::Incident base;
  v1::FuzzyDate& date = *base.add_account()->mutable_date();
  date.set_first_day(19600);
  date.set_last_day(19600);
  date.set_precision(v1::DatePrecision::DAY);
  date.set_wording("on the night");
  base.mutable_account(0)->set_key(7);
  Form form = FormOn("incident", base, AsId);
  form.SetText(form.Find("accounts[0].date"), "2023-09", 0);
  const Built built = Build(form, base, ById);
  const auto& account = static_cast<const v1::Incident&>(*built.record).account(0);
  EXPECT_EQ(account.key(), 7U);
  EXPECT_EQ(account.date().wording(), "on the night");
  EXPECT_EQ(account.date().precision(), v1::DatePrecision::MONTH);
}

TEST(BuildTest, PutsAProblemOfTheRulesAtTheFieldThatItIsSeenAt) {
  Form form("incident");
  form.AddItem(form.Find("accounts"), 0);
  form.AddItem(form.Find("accounts"), 0);
  form.RemoveItem(form.ItemOf(form.Find("accounts"), 0), 0);
  const Built built = BuildNew(form);
  EXPECT_EQ(built.PlaceOf("accounts[0].source"), form.Find("accounts[0].source"));
  EXPECT_EQ(built.PlaceOf("accounts[0].date.first_day"), form.Find("accounts[0].date"));
  EXPECT_EQ(built.PlaceOf("names"), form.Find("names"));
  EXPECT_EQ(built.PlaceOf("nowhere"), 0U);
}

}  // namespace
}  // namespace daftar::forms
