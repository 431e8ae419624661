#include "storage/authoring/spoken_date.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/authoring/date_lexicon.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using Meaning = DateWord::Meaning;

constexpr size_t kMostBytes = 400;
constexpr std::string_view kExamples =
    "write 4 Sep 2023, night of 30 Aug 2023, mid-September 2024, Sep 2023, 2023?, 30 Aug – 4 Sep 2023 or 2023-09-04";

// A number, a word in small letters, or one mark.
struct Token {
  enum class Sort { kNumber, kWord, kMark };
  Sort sort = Sort::kMark;
  std::string text;
  int number = 0;  // of kNumber: at most four digits
};

bool IsDash(UChar32 c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

// Arabic yeh and kaf, which some keyboards have, as the letters of Dari.
UChar32 AsHere(UChar32 c) { return c == 0x064A ? 0x06CC : c == 0x0643 ? 0x06A9 : c; }

// Nothing for what does not belong into a date at all.
std::optional<std::vector<Token>> Tokenize(std::string_view text) {
  std::vector<Token> tokens;
  icu::UnicodeString letters =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  letters.toLower(icu::Locale::getRoot());
  Token::Sort before = Token::Sort::kMark;
  bool apart = true;
  for (int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1)) {
    const UChar32 c = AsHere(letters.char32At(at));
    const int digit = u_charDigitValue(c);
    if (u_isUWhiteSpace(c) || c == 0x200C || c == 0x200E ||
        c == 0x200F) {  // joiners and marks of direction are not said
      apart = apart || u_isUWhiteSpace(c);
      continue;
    }
    const Token::Sort sort = digit >= 0 ? Token::Sort::kNumber : u_isalpha(c) ? Token::Sort::kWord : Token::Sort::kMark;
    if (apart || sort != before || sort == Token::Sort::kMark) tokens.push_back({sort, "", 0});
    Token& token = tokens.back();
    if (sort == Token::Sort::kNumber) {
      if (token.text.size() == 4) return std::nullopt;
      token.number = token.number * 10 + digit;
      token.text += static_cast<char>('0' + digit);
    } else if (IsDash(c)) {
      token.text = "-";
    } else {
      icu::UnicodeString(c).toUTF8String(token.text);
    }
    before = sort;
    apart = false;
  }
  return tokens;
}

// One date, or one end of several days, as far as it was said.
struct Said {
  std::optional<int> day, month, year, third;
  bool empty() const { return !day && !month && !year && !third; }
};

class Reader {
 public:
  explicit Reader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  // EDTF; nullopt, and `trouble` says why.
  std::optional<std::string> Read(std::string& trouble) {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      if (!TakeDate() && !TakeToken(tokens_[at_])) {
        trouble = "\"" + tokens_[at_].text + "\" is not understood in a date";
        return std::nullopt;
      }
    }
    if (!to_) return OneDate(from_, trouble);
    return Days(trouble);
  }

 private:
  Said& now() { return to_ ? *to_ : from_; }

  bool IsMark(size_t at, std::string_view marks) const {
    return at < tokens_.size() && tokens_[at].sort == Token::Sort::kMark && tokens_[at].text.size() == 1 &&
           marks.find(tokens_[at].text) != std::string_view::npos;
  }
  bool IsNumber(size_t at) const { return at < tokens_.size() && tokens_[at].sort == Token::Sort::kNumber; }

  // "4.9.2023", "2023-9-4".
  bool TakeDate() {
    if (!IsNumber(at_) || !IsMark(at_ + 1, "./-") || !IsNumber(at_ + 2)) return false;
    if (!IsMark(at_ + 3, tokens_[at_ + 1].text) || !IsNumber(at_ + 4)) return false;
    const bool year_first = tokens_[at_].text.size() == 4;
    if (!now().empty() || (!year_first && tokens_[at_ + 4].text.size() != 4)) return false;
    now().day = tokens_[year_first ? at_ + 4 : at_].number;
    now().month = tokens_[at_ + 2].number;
    now().year = tokens_[year_first ? at_ : at_ + 4].number;
    at_ += 4;
    return true;
  }

  bool TakeToken(const Token& token) {
    if (token.sort == Token::Sort::kNumber) return TakeNumber(token);
    if (token.sort == Token::Sort::kMark) return TakeMark(token);
    const std::optional<DateWord> word = DateWordOf(token.text);
    return word ? TakeWord(*word) : IsEnding(token);
  }

  // "4th", "30-го": an ending of a number.
  bool IsEnding(const Token& token) const {
    const bool behind_dash = at_ > 0 && IsMark(at_ - 1, "-");
    const size_t before = behind_dash ? at_ - 2 : at_ - 1;
    if (before >= at_ || !IsNumber(before)) return false;
    for (const std::string_view ending : {"st", "nd", "rd", "th", "го", "е", "ми", "юми", "уми", "م", "ام"}) {
      if (token.text == ending) return true;
    }
    return false;
  }

  bool TakeNumber(const Token& token) {
    std::optional<int>& place = token.text.size() == 4 ? now().year : now().day;
    if (place || token.text.size() == 3) return false;
    place = token.number;
    return true;
  }

  bool TakeMark(const Token& token) {
    if (token.text == "-") return TakeDash();
    if (token.text == "?" || token.text == "؟") {
      perhaps_ = true;
    } else if (token.text == "~") {
      about_ = true;
    } else if (token.text == "*") {
      inferred_ = true;
    } else {
      return token.text == "." || token.text == "," || token.text == "،" || token.text == "(" || token.text == ")";
    }
    return true;
  }

  // A dash is either between two dates, or within "mid-September" or "30-го".
  bool TakeDash() {
    const Said& said = now();
    if (!said.day && !said.month && !said.year) return said.third.has_value();
    if (at_ + 1 < tokens_.size() && tokens_[at_ + 1].sort == Token::Sort::kWord && !DateWordOf(tokens_[at_ + 1].text)) {
      return true;  // an ending, or what is not understood
    }
    return TakeTo();
  }

  bool TakeTo() {
    if (to_) return false;
    to_.emplace();
    return true;
  }

  template <typename Value>
  static bool Set(std::optional<Value>& place, Value value) {
    if (place) return false;
    place = value;
    return true;
  }

  bool TakeWord(const DateWord& word) {
    const bool said = !from_.empty();
    switch (word.meaning) {
      case Meaning::kNothing:
        return true;
      case Meaning::kMonth:
        return Set(now().month, word.value);
      case Meaning::kThird:
        return Set(now().third, word.value);
      case Meaning::kPart:
        return Set(part_, word.value);
      case Meaning::kAbout:
        about_ = true;
        return true;
      case Meaning::kPerhaps:
        perhaps_ = true;
        return true;
      case Meaning::kBefore:  // "30 Aug until 4 Sep"
        if (said) return TakeTo();
        before_ = true;
        return true;
      case Meaning::kAfter:
        after_ = true;
        return !said;
      case Meaning::kFrom:  // also the second word of "пас аз", "پس از"
        since_ = true;
        return !said;
      case Meaning::kTo:
        return said && TakeTo();
    }
    return false;
  }

  // "2023-09", "2023-08-30", as EDTF.
  static std::optional<std::string> Text(const Said& said, std::string& trouble) {
    if (!said.year) {
      trouble = "the year is missing";
    } else if (said.day && !said.month) {
      trouble = "the month is missing";
    } else {
      const auto two = [](int number) { return std::string(number < 10 ? "-0" : "-") + std::to_string(number); };
      std::string text = std::to_string(*said.year);
      if (said.month) text += two(*said.month);
      if (said.day) text += two(*said.day);
      return text;
    }
    return std::nullopt;
  }

  // A date, or the third of a month or year.
  static std::optional<std::string> Stretch(const Said& said, std::string& trouble) {
    const std::optional<std::string> text = Text(said, trouble);
    if (!text || !said.third) return text;
    if (said.day) {
      trouble = "a day is neither early nor late in itself";
      return std::nullopt;
    }
    static constexpr const char* kDays[] = {"-01/-10", "-11/-20", "-21/"};
    static constexpr const char* kMonths[] = {"-01/-04", "-05/-08", "-09/-12"};
    const std::string_view third = (said.month ? kDays : kMonths)[*said.third];
    const size_t slash = third.find('/');
    return *text + std::string(third.substr(0, slash)) + "/" + *text + std::string(third.substr(slash + 1));
  }

  std::string Marks() const {
    std::string marks;
    if (part_) marks += "T" + v1::DayPart::Code_Name(static_cast<v1::DayPart::Code>(*part_));
    if (about_) marks += "~";
    if (perhaps_) marks += "?";
    return marks;
  }

  // An editor inferred the year: "(2023)-08-30".
  std::string Inferred(std::string text) const {
    return inferred_ ? "(" + text.substr(0, 4) + ")" + text.substr(4) : text;
  }

  std::optional<std::string> OneDate(const Said& said, std::string& trouble) const {
    const std::optional<std::string> text = Stretch(said, trouble);
    if (!text) return std::nullopt;
    const size_t slash = text->find('/');
    const std::string first = Inferred(text->substr(0, slash)),
                      last = slash == std::string::npos ? first : Inferred(text->substr(slash + 1));
    if (before_) return "../" + last + Marks();
    if (after_ || since_) return first + Marks() + "/..";
    return slash == std::string::npos ? first + Marks() : first + "/" + last + Marks();
  }

  // What the first day leaves out is that of the last: "30 Aug – 4 Sep 2023", "4-7 Sep 2023".
  std::optional<std::string> Days(std::string& trouble) const {
    if (before_ || after_) {
      trouble = before_ ? "it has two dates, and is before something" : "it has two dates, and is after something";
      return std::nullopt;
    }
    Said from = from_, to = *to_;
    if (!from.year) from.year = to.year;
    if (!from.month && from.day) from.month = to.month;
    const std::optional<std::string> first = Stretch(from, trouble);
    if (!first) return std::nullopt;
    const std::optional<std::string> last = Stretch(to, trouble);
    if (!last) return std::nullopt;
    const size_t slash = last->find('/');
    return Inferred(first->substr(0, first->find('/'))) + "/" +
           Inferred(slash == std::string::npos ? *last : last->substr(slash + 1)) + Marks();
  }

  const std::vector<Token> tokens_;
  size_t at_ = 0;
  Said from_;
  std::optional<Said> to_;
  std::optional<int> part_;
  bool about_ = false, perhaps_ = false, inferred_ = false, before_ = false, after_ = false, since_ = false;
};

// "2020-12-01..2021-01-02 BEFORE ~": nullopt for anything else.
std::optional<v1::FuzzyDate> ReadDays(std::string_view text) {
  constexpr size_t kDay = 10;
  if (text.size() <= 2 * kDay + 3 || text.substr(kDay, 2) != ".." || text[2 * kDay + 2] != ' ') return std::nullopt;
  const StatusOr<int32_t> first = ParseIsoDay(text.substr(0, kDay)), last = ParseIsoDay(text.substr(kDay + 2, kDay));
  if (!first.ok() || !last.ok() || *last < *first) return std::nullopt;
  v1::FuzzyDate date;
  date.set_first_day(*first);
  date.set_last_day(*last);
  for (std::string_view rest = text.substr(2 * kDay + 3); !rest.empty();) {
    const std::string word(rest.substr(0, rest.find(' ')));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    v1::DatePrecision::Code precision = v1::DatePrecision::UNSET;
    v1::DayPart::Code part = v1::DayPart::UNSET;
    if (word == "~") {
      date.set_approximate(true);
    } else if (word == "?") {
      date.set_uncertain(true);
    } else if (word == "*") {
      date.set_year_inferred(true);
    } else if (v1::DatePrecision::Code_Parse(word, &precision)) {
      date.set_precision(precision);
    } else if (v1::DayPart::Code_Parse(word, &part)) {
      date.set_part(part);
    } else {
      return std::nullopt;
    }
  }
  return HasDate(date) ? std::optional(date) : std::nullopt;
}

}  // namespace

StatusOr<v1::FuzzyDate> ReadDate(std::string_view text) {
  StatusOr<v1::FuzzyDate> edtf = ParseEdtf(text);
  if (edtf.ok()) return edtf;
  if (const std::optional<v1::FuzzyDate> days = ReadDays(text)) return *days;
  const std::string quoted = "\"" + std::string(text.substr(0, kMostBytes)) + "\"";
  const auto refuse = [&quoted](std::string_view why) {
    return InvalidArgument(quoted + " is not a date: " + std::string(why) + "; " + std::string(kExamples));
  };
  if (text.size() > kMostBytes) return refuse("it is too long");
  std::optional<std::vector<Token>> tokens = Tokenize(text);
  if (!tokens) return refuse("a number of it is too long");
  if (tokens->empty()) return refuse("nothing is said");
  // What was meant as EDTF is told what is wrong with it: "2023-13-01" names the month.
  const bool spoken =
      std::any_of(tokens->begin(), tokens->end(), [](const Token& token) { return token.sort == Token::Sort::kWord; });
  std::string trouble;
  const std::optional<std::string> read = Reader(*std::move(tokens)).Read(trouble);
  if (!read) return spoken ? refuse(trouble) : edtf;
  return ParseEdtf(*read);
}

std::string WriteDate(const v1::FuzzyDate& date) {
  if (!HasDate(date)) return "";
  v1::FuzzyDate wordless = date;
  wordless.clear_wording();
  const std::string edtf = ToEdtf(date);
  const StatusOr<v1::FuzzyDate> back = ParseEdtf(edtf);
  if (back.ok() && back->SerializeAsString() == wordless.SerializeAsString()) return edtf;
  std::string text =
      IsoDay(date.first_day()) + ".." + IsoDay(date.last_day()) + " " + v1::DatePrecision::Code_Name(date.precision());
  if (date.part() != v1::DayPart::UNSET) text += " " + v1::DayPart::Code_Name(date.part());
  if (date.approximate()) text += " ~";
  if (date.uncertain()) text += " ?";
  if (date.year_inferred()) text += " *";
  return text;
}

}  // namespace daftar
