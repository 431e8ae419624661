#include "client/forms/passage.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "storage/authoring/spoken_amount.h"
#include "storage/authoring/spoken_date.h"

namespace daftar::forms {
namespace {

constexpr std::array kAttributes{
    Attribute{'D', "date"},     Attribute{'P', "place"},   Attribute{'K', "killed"}, Attribute{'W', "wounded"},
    Attribute{'C', "captured"}, Attribute{'M', "missing"}, Attribute{'R', "roles"},  Attribute{'S', "seized"},
    Attribute{'B', "said_by"},  Attribute{'Q', "wording"}, Attribute{'T', "name"},
};

std::string_view At(std::string_view text, WordRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

size_t CharactersIn(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !U8_IS_TRAIL(static_cast<uint8_t>(c)); }));
}

// Where that character begins; the end of the text if it has not so many.
size_t ByteOf(std::string_view text, size_t character) {
  size_t byte = 0;
  for (; byte < text.size(); ++byte) {
    if (U8_IS_TRAIL(static_cast<uint8_t>(text[byte]))) continue;
    if (character-- == 0) break;
  }
  return byte;
}

bool IsEmpty(const Form& form, Node item) {
  const std::vector<Node>& fields = form.item(item).fields;
  return std::none_of(fields.begin(), fields.end(), [&](Node field) { return form.IsFilled(field); });
}

// An item of the list that says nothing yet, or a new one; 0: the form is full.
Node FreeItemOf(Form& form, Node list, int64_t now_ms) {
  for (const Node item : form.ItemsOf(list)) {
    if (IsEmpty(form, item)) return item;
  }
  return form.AddItem(list, now_ms);
}

// The field of an item that words go into: its head, the actor of a role, the wording of what has neither.
Node TargetIn(const Form& form, Node item) {
  const Node first = form.item(item).fields.front();
  if (form.field(first).spec->field == nullptr) return first;
  const Node actor = form.FieldOf(item, "actor");
  return actor != 0 ? actor : form.FieldOf(item, "wording");
}

// The year that somebody who reads the passage takes for that of a day without one: the first that stands in it.
std::string YearIn(std::string_view passage) {
  for (const WordRange date : DatesIn(passage)) {
    const StatusOr<v1::FuzzyDate> read = ReadDate(At(passage, date));
    if (!read.ok()) continue;
    const std::string written = WriteDate(*read);
    const size_t digits = written.find_first_of("0123456789");
    if (digits != std::string::npos) return written.substr(digits, 4);
  }
  return "";
}

std::string DateFrom(std::string_view words, std::string_view passage) {
  if (const std::optional<WordRange> date = FindDate(words)) return std::string(At(words, *date));
  const std::string year = YearIn(passage);
  const std::string with_year = std::string(words) + " " + year;
  // An asterisk says that the source did not give the year.
  const std::optional<WordRange> date = year.empty() ? std::nullopt : FindDate(with_year);
  const bool has_day = date && date->begin < words.size();
  return has_day ? std::string(At(with_year, *date)) + "*" : std::string(words);
}

std::string TextFrom(FieldType type, std::string_view words, std::string_view passage) {
  if (type == FieldType::kDate) return DateFrom(words, passage);
  const std::optional<WordRange> found = type == FieldType::kToll     ? FindFigure(words)
                                         : type == FieldType::kAmount ? FindMeasure(words)
                                                                      : std::nullopt;
  return std::string(found ? At(words, *found) : words);
}

// Of a seized thing, how many or how much of it the words say.
void CountSeized(Form& form, Node item, std::string_view said, int64_t now_ms) {
  const std::optional<WordRange> measure = FindMeasure(said);
  if (!measure) return;
  const std::string text(At(said, *measure));
  const StatusOr<v1::Amount> amount = ReadAmount(text);
  const bool weighed = amount.ok() && amount->unit() == v1::Unit::GRAM;
  const Node group = form.FieldOf(item, weighed ? "mass" : "quantity");
  if (group != 0) form.SetText(form.item(form.ItemOf(group)).fields.front(), text, now_ms);
}

// "killed[0]": the path of a field or item within its account.
std::string PathIn(const Form& form, Node account, Node node) {
  const std::string outer = form.PathOf(account), path = form.PathOf(node);
  return path.size() > outer.size() ? path.substr(outer.size() + 1) : "";
}

std::string TextOf(const Form& form, Node item, std::string_view name) {
  return form.field(form.FieldOf(item, name)).text;
}

// Keeps the words that a value was taken from, in the place of those that it was taken from before.
void KeepExcerpt(Form& form, Node account, const std::string& of, std::string_view passage, WordRange words,
                 int64_t now_ms) {
  const Node list = form.FieldOf(account, "excerpts");
  Node kept = 0;
  for (const Node item : form.ItemsOf(list)) {
    if (TextOf(form, item, "of") == of) kept = item;
  }
  if (kept == 0) kept = FreeItemOf(form, list, now_ms);
  if (kept == 0) return;
  const size_t from = CharactersIn(passage.substr(0, words.begin)), to = from + CharactersIn(At(passage, words));
  form.SetText(form.FieldOf(kept, "of"), of, now_ms);
  form.SetText(form.FieldOf(kept, "exact"), std::string(At(passage, words)), now_ms);
  form.SetText(form.FieldOf(kept, "from"), std::to_string(from), now_ms);
  form.SetText(form.FieldOf(kept, "to"), std::to_string(to), now_ms);
}

std::optional<size_t> NumberFrom(const std::string& text) {
  size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// Where the words of an excerpt stand; by their position, or the first words that are equal.
std::optional<WordRange> PlaceOf(std::string_view passage, const std::string& exact, std::optional<size_t> from) {
  if (exact.empty()) return std::nullopt;
  const size_t byte = from ? ByteOf(passage, *from) : 0;
  const size_t begin = passage.substr(byte).starts_with(exact) ? byte : passage.find(exact);
  if (begin == std::string_view::npos) return std::nullopt;
  return WordRange{begin, begin + exact.size()};
}

// The account that an item belongs to; 0: none.
Node AccountOf(const Form& form, Node item) {
  while (item != 0 && item != Form::kRecord) {
    const Node list = form.item(item).field;
    if (list == 0) return 0;
    if (form.field(list).spec->name == "accounts" && form.field(list).item == Form::kRecord) return item;
    item = form.field(list).item;
  }
  return 0;
}

// What an excerpt of `of` is of when the item number `gone` of `list` goes; nullopt: it goes too.
std::optional<std::string> Without(const std::string& of, const std::string& list, size_t gone) {
  if (!of.starts_with(list + "[")) return of;
  const size_t open = list.size() + 1, close = of.find(']', open);
  const std::optional<size_t> number =
      close == std::string::npos ? std::nullopt : NumberFrom(of.substr(open, close - open));
  if (!number || *number < gone) return of;
  if (*number == gone) return std::nullopt;
  return list + "[" + std::to_string(*number - 1) + of.substr(close);
}

}  // namespace

std::span<const Attribute> Attributes() { return kAttributes; }

bool RunsRightToLeft(std::string_view passage) {
  for (size_t byte = 0; byte < passage.size();) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(passage.data(), byte, passage.size(), c);
    const UCharDirection direction = u_charDirection(c);
    if (direction == U_LEFT_TO_RIGHT) return false;
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
  }
  return false;
}

Marked Mark(Form& form, Node account, std::string_view passage, WordRange words, const Attribute& attribute,
            int64_t now_ms) {
  const std::string_view said = At(passage, words);
  const Node field = form.FieldOf(account, attribute.field);
  if (field == 0 || said.empty() || said.size() > kMostMarkedBytes) return {};
  form.BeginTogether();
  const FieldSpec& spec = *form.field(field).spec;
  const Node item = spec.list ? FreeItemOf(form, field, now_ms) : form.ItemOf(field);
  Node target = field;
  if (item != 0) target = TargetIn(form, item);
  if (spec.list && item == 0) target = 0;
  if (target != 0) {
    const FieldType type = form.field(target).spec->type;
    form.SetText(target, TextFrom(type, said, passage), now_ms);
    const Node wording = item == 0 ? 0 : form.FieldOf(item, "wording");
    if (wording != 0) form.SetText(wording, std::string(said), now_ms);
    if (attribute.field == "seized") CountSeized(form, item, said, now_ms);
    KeepExcerpt(form, account, PathIn(form, account, target), passage, words, now_ms);
  }
  form.EndTogether();
  return {target, target != 0 && form.field(target).spec->type == FieldType::kReference};
}

std::vector<MarkedWords> MarkedIn(const Form& form, Node account, std::string_view passage) {
  std::vector<MarkedWords> marked;
  const Node list = form.FieldOf(account, "excerpts");
  const std::string outer = form.PathOf(account);
  if (list == 0 || outer.empty()) return marked;
  for (const Node item : form.ItemsOf(list)) {
    const std::optional<WordRange> words =
        PlaceOf(passage, TextOf(form, item, "exact"), NumberFrom(TextOf(form, item, "from")));
    if (words) marked.push_back({*words, item, form.Find(outer + "." + TextOf(form, item, "of"))});
  }
  return marked;
}

void TakeOut(Form& form, Node item, int64_t now_ms) {
  form.BeginTogether();
  const Node account = AccountOf(form, item);
  if (account != 0 && account != item) {
    const std::string path = PathIn(form, account, item);
    const size_t open = path.rfind('[');
    const std::optional<size_t> gone =
        open == std::string::npos ? std::nullopt : NumberFrom(path.substr(open + 1, path.size() - open - 2));
    for (const Node excerpt : form.ItemsOf(form.FieldOf(account, "excerpts"))) {
      if (!gone || excerpt == item) continue;
      const Node field = form.FieldOf(excerpt, "of");
      const std::optional<std::string> of = Without(form.field(field).text, path.substr(0, open), *gone);
      if (of) {
        form.SetText(field, *of, now_ms);
      } else {
        form.RemoveItem(excerpt, now_ms);
      }
    }
  }
  form.RemoveItem(item, now_ms);
  form.EndTogether();
}

}  // namespace daftar::forms
