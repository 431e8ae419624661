#include "client/model/field_changes.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/words.h"
#include "storage/model/fields.h"
#include "storage/model/parts.h"
#include "storage/model/review.h"
#include "storage/model/shown.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kMostValueBytes = 240;
constexpr int kMostItems = 12;
constexpr int kMostDepth = 3;

// No longer than a reader wants to see, cut between characters.
std::string Cut(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() <= kMostValueBytes) return text;
  size_t end = kMostValueBytes;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

std::string MessageWords(const Message& message, Names& names, int depth);

std::string QuotedWords(const std::string& text) {
  return text.empty() ? "" : Say("text.quoted", {{"text", Cut(text)}});
}

std::string ConstantWords(const google::protobuf::EnumValueDescriptor& value) {
  if (value.type() == v1::RelationType::Code_descriptor()) return SayCode("relation", value.name());
  return SayCode(value.name());
}

// The words of one value; `index` below zero: of a field that is not repeated.
std::string ValueWords(const Message& message, const FieldDescriptor& field, int index, Names& names, int depth) {
  const Reflection& reflection = *message.GetReflection();
  const bool single = index < 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text =
          single ? reflection.GetString(message, &field) : reflection.GetRepeatedString(message, &field, index);
      if (field.type() != FieldDescriptor::TYPE_BYTES) return text;
      return IsReference(field) ? names.LinkTo(text).text : "…";
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value =
          single ? reflection.GetEnum(message, &field) : reflection.GetRepeatedEnum(message, &field, index);
      return value->number() == 0 ? "" : ConstantWords(*value);
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field) ? Say("changes.yes") : Say("changes.no");
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageWords(
          single ? reflection.GetMessage(message, &field) : reflection.GetRepeatedMessage(message, &field, index),
          names, depth + 1);
    case FieldDescriptor::CPPTYPE_INT32: {
      const int32_t number =
          single ? reflection.GetInt32(message, &field) : reflection.GetRepeatedInt32(message, &field, index);
      return IsDegrees(field) ? std::to_string(static_cast<double>(number) / 1e7) : std::to_string(number);
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      const int64_t number =
          single ? reflection.GetInt64(message, &field) : reflection.GetRepeatedInt64(message, &field, index);
      return field.name().ends_with("_ms") ? SayTime(number) : std::to_string(number);
    }
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(single ? reflection.GetUInt32(message, &field)
                                   : reflection.GetRepeatedUInt32(message, &field, index));
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(single ? reflection.GetUInt64(message, &field)
                                   : reflection.GetRepeatedUInt64(message, &field, index));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return SayNumber(single ? reflection.GetDouble(message, &field)
                              : reflection.GetRepeatedDouble(message, &field, index));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return SayNumber(static_cast<double>(single ? reflection.GetFloat(message, &field)
                                                  : reflection.GetRepeatedFloat(message, &field, index)));
  }
  return "";
}

// All values of a field.
std::string AllWords(const Message& message, const FieldDescriptor& field, Names& names, int depth) {
  if (!field.is_repeated()) {
    if (!IsSet(message, field)) return "";
    return Cut(ValueWords(message, field, -1, names, depth));
  }
  const int size = message.GetReflection()->FieldSize(message, &field);
  std::vector<std::string> each;
  for (int i = 0; i < std::min(size, kMostItems); ++i) each.push_back(ValueWords(message, field, i, names, depth));
  if (size > kMostItems) each.push_back("…");
  return Cut(SayList(each, Joint::kComma));
}

// "date: 4 Sep 2023, killed: 3"; of what has words of its own, these.
std::string MessageWords(const Message& message, Names& names, int depth) {
  const auto* descriptor = message.GetDescriptor();
  if (descriptor == v1::FuzzyDate::descriptor()) return SayDate(static_cast<const v1::FuzzyDate&>(message));
  if (descriptor == v1::Period::descriptor()) return SayPeriod(static_cast<const v1::Period&>(message));
  if (descriptor == v1::Amount::descriptor()) return AmountWords(static_cast<const v1::Amount&>(message));
  if (descriptor == v1::Toll::descriptor()) return TollWords(static_cast<const v1::Toll&>(message));
  if (descriptor == v1::SeizedItem::descriptor()) return SeizedWords(static_cast<const v1::SeizedItem&>(message));
  if (descriptor == v1::Name::descriptor()) return static_cast<const v1::Name&>(message).text();
  if (descriptor == v1::Tag::descriptor()) return static_cast<const v1::Tag&>(message).text();
  if (descriptor == v1::Comment::descriptor()) return Cut(static_cast<const v1::Comment&>(message).text());
  if (descriptor == v1::Proposal::descriptor()) return Cut(static_cast<const v1::Proposal&>(message).reason());
  if (descriptor == v1::Excerpt::descriptor()) {
    return QuotedWords(static_cast<const v1::Excerpt&>(message).exact());
  }
  if (depth >= kMostDepth) return "…";
  std::vector<std::string> each;
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor& field = *descriptor->field(i);
    if (field.name() == "key" || !IsSet(message, field)) continue;
    const std::string words = AllWords(message, field, names, depth);
    if (!words.empty())
      each.push_back(Say("history.value", {{"part", SayCode("part", field.name())}, {"value", words}}));
  }
  return Cut(SayList(each, Joint::kComma));
}

// What became of one part over several steps.
struct Turn {
  v1::PartEdit before, after;
  bool before_known = true;
};

std::map<PartId, Turn> TurnsOf(const std::vector<HistoryStep>& steps, Revision since) {
  std::map<PartId, Turn> turns;
  for (const HistoryStep& step : steps) {  // newest first
    if (step.commit.revision() == 0 || step.commit.revision() <= since) continue;
    std::map<PartId, const v1::PartEdit*> before;
    for (const v1::PartEdit& edit : step.before) before[{edit.field(), edit.key()}] = &edit;
    for (const v1::PartEdit& edit : step.after) {
      const PartId id{edit.field(), edit.key()};
      auto [at, is_new] = turns.try_emplace(id);
      if (is_new) at->second.after = edit;
      const auto old = before.find(id);
      at->second.before_known = old != before.end() || step.created;
      if (old != before.end()) {
        at->second.before = *old->second;
      } else {
        at->second.before.clear_value();
      }
    }
  }
  return turns;
}

// The only item of the collection in a part that stands alone.
const Message* ItemOf(const std::optional<Record>& part, const FieldDescriptor& field) {
  if (!part || field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return nullptr;
  const Message& message = part->message();
  if (message.GetReflection()->FieldSize(message, &field) == 0) return nullptr;
  return &message.GetReflection()->GetRepeatedMessage(message, &field, 0);
}

// "S2": what an account is called that another part names by its key.
std::string AccountName(const Record& record, uint64_t key, Names& names) {
  const v1::Account* account = FindAccount(record, key);
  return account == nullptr ? Say("history.no_account") : names.Label(account->source());
}

// An item of a collection, which may name accounts of its record.
std::string ItemWords(const Record& record, const Message& item, Names& names) {
  if (item.GetDescriptor() != v1::Choice::descriptor()) return MessageWords(item, names, 1);
  const v1::Choice& choice = static_cast<const v1::Choice&>(item);
  const std::string account = AccountName(record, choice.account(), names);
  if (choice.reason().empty()) return account;
  return Cut(Say("history.value", {{"part", account}, {"value", choice.reason()}}));
}

std::string FieldOfItem(const Record& record, const Message& item, const FieldDescriptor& field, Names& names) {
  const bool accounts = item.GetDescriptor() == v1::Account::descriptor() && field.name() == "contradicts";
  if (!accounts) return AllWords(item, field, names, 1);
  std::vector<std::string> each;
  for (const uint64_t key : static_cast<const v1::Account&>(item).contradicts()) {
    if (each.size() < static_cast<size_t>(kMostItems)) each.push_back(AccountName(record, key, names));
  }
  return Cut(SayList(each, Joint::kComma));
}

class Teller {
 public:
  // `spread`: of an account that came or went each field is told.
  Teller(const Record& record, Names& names, size_t most, bool spread)
      : record_(record), names_(names), most_(most), spread_(spread) {}

  void Tell(PartId id, const Turn& turn) {
    if (turn.before_known && turn.before.value() == turn.after.value()) return;
    const auto* field = KindDescriptor(record_.kind()).FindFieldByNumber(static_cast<int>(id.first));
    const std::optional<Record> before = PartAlone(record_, &turn.before), after = PartAlone(record_, &turn.after);
    std::string label = SayCapital(FieldWords(record_, id.first));
    if (field == nullptr) return Add({label, "", "", turn.before_known});
    if (!IsCollection(id.first)) {
      return Add({label, WordsOf(before, *field), WordsOf(after, *field), turn.before_known});
    }
    const std::string name = before || after ? ItemName(after ? *after : *before, names_) : "";
    if (!name.empty()) label = Say("changes.item", {{"field", label}, {"item", name}});
    const Message* old = ItemOf(before, *field);
    const Message* now = ItemOf(after, *field);
    const Message* one = old != nullptr ? old : now;
    const bool whole = old == nullptr || now == nullptr || one->GetDescriptor() == v1::Choice::descriptor();
    const bool account = one != nullptr && one->GetDescriptor() == v1::Account::descriptor();
    if (one != nullptr && (!whole || (spread_ && account))) {
      const std::unique_ptr<Message> nothing(one->New());
      return TellItem(label, old != nullptr ? *old : *nothing, now != nullptr ? *now : *nothing, turn.before_known);
    }
    Add({label, old == nullptr ? "" : ItemWords(record_, *old, names_),
         now == nullptr ? "" : ItemWords(record_, *now, names_), turn.before_known});
  }

  FieldWordsChanges Take() { return std::move(told_); }

 private:
  // What differs inside of an item.
  void TellItem(const std::string& label, const Message& old, const Message& now, bool before_known) {
    for (int i = 0; i < now.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *now.GetDescriptor()->field(i);
      if (field.name() == "key") continue;
      const std::string before = FieldOfItem(record_, old, field, names_);
      const std::string after = FieldOfItem(record_, now, field, names_);
      if (before == after) continue;
      const std::string inner = Say("changes.item", {{"field", label}, {"item", SayCode("part", field.name())}});
      Add({inner, before, after, before_known});
    }
  }

  std::string WordsOf(const std::optional<Record>& part, const FieldDescriptor& field) {
    return part ? AllWords(part->message(), field, names_, 0) : "";
  }

  void Add(FieldWordsChange change) {
    if (told_.changes.size() < most_) {
      told_.changes.push_back(std::move(change));
    } else {
      ++told_.more;
    }
  }

  const Record& record_;
  Names& names_;
  const size_t most_;
  const bool spread_;
  FieldWordsChanges told_;
};

}  // namespace

std::string FieldWords(const Record& record, uint32_t field) {
  const auto* descriptor = KindDescriptor(record.kind()).FindFieldByNumber(static_cast<int>(field));
  if (descriptor == nullptr) return Say("history.field", {{"number", std::to_string(field)}});
  return SayCode("part", descriptor->name());
}

std::optional<Record> PartAlone(const Record& record, const v1::PartEdit* edit) {
  if (edit == nullptr || edit->value().empty()) return std::nullopt;
  std::shared_ptr<google::protobuf::Message> message = NewMessage(record.kind());
  if (!message->ParsePartialFromString(edit->value())) return std::nullopt;
  return Record(record.id(), record.kind(), std::move(message));
}

std::string ItemName(const Record& part, Names& names) {
  if (!part.accounts().empty()) return names.Label(part.accounts().Get(0).source());
  if (!part.names().empty()) return part.names().Get(0).text();
  if (!part.externals().empty()) return part.externals().Get(0).system() + ":" + part.externals().Get(0).id();
  if (!part.tags().empty()) return part.tags().Get(0).text();
  if (!part.choices().empty()) {
    return AttributeLabel(static_cast<v1::Attribute::Code>(part.choices().Get(0).key()));
  }
  if (const auto& comments = CommentsOf(part.message()); !comments.empty()) return Cut(comments[0].text());
  if (const auto& proposals = ProposalsOf(part.message()); !proposals.empty()) return Cut(proposals[0].reason());
  if (part.kind() == v1::RecordKind::ACTOR && !part.actor().same_as().empty()) {
    return names.LinkTo(part.actor().same_as(0).other()).text;
  }
  return "";
}

FieldWordsChanges ChangesOf(const Record& record, const std::vector<HistoryStep>& steps, Revision since, size_t most,
                            Names& names) {
  Teller teller(record, names, most, false);
  for (const auto& [id, turn] : TurnsOf(steps, since)) teller.Tell(id, turn);
  return teller.Take();
}

FieldWordsChanges ChangesOfParts(const Record& record, const std::vector<v1::PartEdit>& before,
                                 const std::vector<v1::PartEdit>& after, bool before_known, size_t most, Names& names) {
  std::map<PartId, Turn> turns;
  for (const v1::PartEdit& edit : after) turns[{edit.field(), edit.key()}] = {{}, edit, before_known};
  for (const v1::PartEdit& edit : before) turns[{edit.field(), edit.key()}].before = edit;
  Teller teller(record, names, most, true);
  for (const auto& [id, turn] : turns) teller.Tell(id, turn);
  return teller.Take();
}

std::string PartWords(const Record& record, const v1::PartEdit& edit, Names& names) {
  const std::optional<Record> part = PartAlone(record, &edit);
  const auto* field = KindDescriptor(record.kind()).FindFieldByNumber(static_cast<int>(edit.field()));
  if (!part || field == nullptr) return "";
  const google::protobuf::Message* item = IsCollection(edit.field()) ? ItemOf(part, *field) : nullptr;
  return item != nullptr ? ItemWords(record, *item, names) : AllWords(part->message(), *field, names, 0);
}

std::string PartLabel(const Record& record, const v1::PartEdit& edit, Names& names) {
  const std::string label = SayCapital(FieldWords(record, edit.field()));
  const std::optional<Record> part = IsCollection(edit.field()) ? PartAlone(record, &edit) : std::nullopt;
  const std::string name = part ? ItemName(*part, names) : "";
  return name.empty() ? label : Say("changes.item", {{"field", label}, {"item", name}});
}

}  // namespace daftar
