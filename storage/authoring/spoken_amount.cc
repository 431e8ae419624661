#include "storage/authoring/spoken_amount.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "storage/authoring/amount_lexicon.h"
#include "storage/authoring/number_words.h"

namespace daftar {
namespace {

using Meaning = AmountWord::Meaning;
using v1::Bound;
using v1::Unit;

constexpr size_t kMostBytes = 200;
constexpr double kMostFigure = 1e15;

// A figure, a word or sign, or a bracket.
struct Token {
  enum class Sort { kFigure, kWord, kOpen, kClose };
  Sort sort = Sort::kWord;
  std::string text;       // as it was written, in small letters
  double figure = 0;      // of kFigure
  bool capitals = false;  // of kWord: three capital letters, as a currency has
};

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string Utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

bool IsDash(UChar32 c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

// Cuts the text into tokens.
class Cutter {
 public:
  explicit Cutter(std::string_view text)
      : letters_(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())))) {}

  StatusOr<std::vector<Token>> Run() {
    std::vector<Token> tokens;
    while (at_ < letters_.length()) {
      const UChar32 c = letters_.char32At(at_);
      if (u_isUWhiteSpace(c) || c == 0x200C || c == 0x200E || c == 0x200F) {
        Step();
      } else if (u_charDigitValue(c) >= 0) {
        DAFTAR_ASSIGN_OR_RETURN(Token token, Figure());
        tokens.push_back(std::move(token));
      } else if (u_isalpha(c)) {
        tokens.push_back(Word());
      } else {
        tokens.push_back(Sign(c));
      }
    }
    return tokens;
  }

 private:
  void Step() { at_ = letters_.moveIndex32(at_, 1); }
  UChar32 Here() const { return at_ < letters_.length() ? letters_.char32At(at_) : 0; }
  // Whether three digits and no fourth stand behind the sign here: it then parts thousands.
  bool PartsThousands() const {
    int digits = 0;
    for (int32_t i = letters_.moveIndex32(at_, 1); i < letters_.length() && digits < 4; ++digits) {
      if (u_charDigitValue(letters_.char32At(i)) < 0) break;
      i = letters_.moveIndex32(i, 1);
    }
    return digits == 3;
  }

  StatusOr<Token> Figure() {
    std::string digits;
    const int32_t from = at_;
    bool fraction = false;
    for (; at_ < letters_.length(); Step()) {
      const UChar32 c = Here();
      const int digit = u_charDigitValue(c);
      const bool parts = c == ',' || c == '\'' || c == 0xA0 || c == 0x202F || c == ' ' || c == 0x66C;
      const bool point = c == '.' || c == 0x66B;
      if (digit >= 0) {
        digits += static_cast<char>('0' + digit);
      } else if (parts && !fraction && PartsThousands()) {
        continue;
      } else if (point && !fraction && at_ + 1 < letters_.length() &&
                 u_charDigitValue(letters_.char32At(at_ + 1)) >= 0) {
        digits += '.';
        fraction = true;
      } else {
        break;
      }
    }
    Token token{Token::Sort::kFigure, Utf8(letters_.tempSubStringBetween(from, at_)),
                std::strtod(digits.c_str(), nullptr)};
    if (token.figure > kMostFigure) return InvalidArgument(Quoted(token.text) + " is too large a figure");
    return token;
  }

  Token Word() {
    const int32_t from = at_;
    bool capitals = true;
    while (at_ < letters_.length() && (u_isalpha(Here()) || u_charType(Here()) == U_NON_SPACING_MARK)) {
      capitals = capitals && Here() >= 'A' && Here() <= 'Z';
      Step();
    }
    icu::UnicodeString word = letters_.tempSubStringBetween(from, at_);
    capitals = capitals && word.length() == 3;
    return {Token::Sort::kWord, Utf8(icu::UnicodeString(word).toLower(icu::Locale::getRoot())), 0, capitals};
  }

  Token Sign(UChar32 c) {
    const int32_t from = at_;
    Step();
    if (c == '(') return {Token::Sort::kOpen, "("};
    if (c == ')') return {Token::Sort::kClose, ")"};
    if (IsDash(c)) return {Token::Sort::kWord, "-"};
    if ((c == '<' || c == '>') && Here() == '=') Step();
    return {Token::Sort::kWord, Utf8(letters_.tempSubStringBetween(from, at_))};
  }

  const icu::UnicodeString letters_;
  int32_t at_ = 0;
};

// Makes an amount of tokens.
class Reader {
 public:
  Reader(std::string_view text, std::vector<Token> tokens, Unit::Code unit)
      : text_(text), tokens_(std::move(tokens)), unit_(unit) {}

  StatusOr<v1::Amount> Run() {
    while (at_ < tokens_.size()) DAFTAR_RETURN_IF_ERROR(Take());
    return Finish();
  }

 private:
  Status Bad(const std::string& why) const {
    return InvalidArgument(Quoted(text_) + ": " + why + "; write 3, 3–5, 4 (3–5), about 100, at least 20, not given" +
                           Example());
  }
  std::string Example() const {
    switch (unit_) {
      case Unit::GRAM:
        return ", or with a unit: 5 kg, 2 t";
      case Unit::METRE:
        return ", or with a unit: 300 m, 20 km";
      case Unit::SECOND:
        return ", or with a unit: 13 min, 3 h, 2 days";
      default:
        return "";
    }
  }

  Status Take() {
    const Token& token = tokens_[at_];
    switch (token.sort) {
      case Token::Sort::kFigure:
        ++at_;
        return TakeFigure(token.figure);
      case Token::Sort::kOpen:
        ++at_;
        if (figures_.size() != 1 || bracket_) return Bad("\"(\" stands behind the best figure");
        bracket_ = true;
        return OkStatus();
      case Token::Sort::kClose:
        ++at_;
        if (!bracket_ || closed_) return Bad("\")\" closes nothing");
        closed_ = true;
        return OkStatus();
      case Token::Sort::kWord:
        return TakeWord();
    }
    return OkStatus();
  }

  Status TakeFigure(double figure) {
    if (slot_) {
      std::optional<double>& named = named_[static_cast<size_t>(*slot_)];
      if (named) return Bad("one of its figures stands twice");
      named = figure;
      slot_.reset();
      return OkStatus();
    }
    if (figures_.size() == 3) return Bad("there are too many figures");
    figures_.push_back(figure);
    return OkStatus();
  }

  // The longest run of words from here that means something.
  Status TakeWord() {
    for (int count = kMostAmountWords; count > 0; --count) {
      if (at_ + static_cast<size_t>(count) > tokens_.size()) continue;
      std::string words;
      bool all = true;
      for (size_t i = at_; i < at_ + static_cast<size_t>(count); ++i) {
        all = all && tokens_[i].sort == Token::Sort::kWord;
        words += (words.empty() ? "" : " ") + tokens_[i].text;
      }
      const std::optional<AmountWord> word = all ? AmountWordOf(words) : std::nullopt;
      if (!word) continue;
      at_ += static_cast<size_t>(count);
      return Mean(*word);
    }
    const Token& token = tokens_[at_++];
    if (const std::optional<double> number = NumberWordOf(token.text)) return TakeFigure(*number);
    if (token.text == "$") return TakeCurrency("USD");
    if (token.capitals) {
      std::string code;
      for (const char c : token.text) code += static_cast<char>(c - 'a' + 'A');
      return TakeCurrency(code);
    }
    return Bad(Quoted(token.text) + " was not understood");
  }

  Status TakeCurrency(const std::string& code) {
    if (money_ || in_) return Bad("it has two units");
    money_ = true;
    if (code != NoCurrency()) currency_ = code;
    return OkStatus();
  }

  Status Mean(const AmountWord& word) {
    switch (word.meaning) {
      case Meaning::kNothing:
        return OkStatus();
      case Meaning::kTo:
        ranged_ = true;
        return OkStatus();
      case Meaning::kAbout:
        return SetBound(Bound::ABOUT);
      case Meaning::kAtLeast:
        return SetBound(Bound::AT_LEAST);
      case Meaning::kAtMost:
        return SetBound(Bound::AT_MOST);
      case Meaning::kNotGiven:
        return SetBound(Bound::NOT_GIVEN);
      case Meaning::kLow:
      case Meaning::kBest:
      case Meaning::kHigh:
        slot_ = word.meaning == Meaning::kLow ? Slot::kLow : word.meaning == Meaning::kBest ? Slot::kBest : Slot::kHigh;
        return OkStatus();
      case Meaning::kUnit:
        if (in_ || money_) return Bad("it has two units");
        in_ = word;
        return OkStatus();
    }
    return OkStatus();
  }

  Status SetBound(Bound::Code bound) {
    if (bound_) return Bad("it is bounded in two ways");
    bound_ = bound;
    return OkStatus();
  }

  // Which figure is which.
  Status Place(v1::Amount& amount) {
    const bool named = named_[0] || named_[1] || named_[2];
    if (named) {
      if (!figures_.empty()) return Bad("a figure has no name, and another has");
      if (named_[0]) amount.set_low(Stored(*named_[0]));
      if (named_[1]) amount.set_best(Stored(*named_[1]));
      if (named_[2]) amount.set_high(Stored(*named_[2]));
    } else if (figures_.size() == 3) {
      if (!bracket_) return Bad("three figures are written as 4 (3–5)");
      amount.set_best(Stored(figures_[0]));
      amount.set_low(Stored(figures_[1]));
      amount.set_high(Stored(figures_[2]));
    } else if (figures_.size() == 2) {
      if (!ranged_ || bracket_) return Bad("two figures are written as 3–5");
      amount.set_low(Stored(figures_[0]));
      amount.set_high(Stored(figures_[1]));
    } else if (figures_.size() == 1) {
      const Bound::Code bound = bound_.value_or(Bound::EXACT);
      if (bound == Bound::AT_LEAST) {
        amount.set_low(Stored(figures_[0]));
      } else if (bound == Bound::AT_MOST) {
        amount.set_high(Stored(figures_[0]));
      } else {
        amount.set_best(Stored(figures_[0]));
      }
    } else if (bound_ != Bound::NOT_GIVEN) {
      return Bad("there is no figure");
    }
    return OkStatus();
  }

  double Stored(double figure) const {
    if (money_) return std::round(figure * kMinorOfCurrency);
    return in_ ? figure * in_->times : figure;
  }

  StatusOr<v1::Amount> Finish() {
    v1::Amount amount;
    amount.set_unit(in_ ? in_->unit : money_ ? Unit::CURRENCY_MINOR : unit_);
    const bool measured = unit_ == Unit::GRAM || unit_ == Unit::METRE || unit_ == Unit::SECOND;
    if (measured && amount.unit() != unit_) return Bad("its unit measures something else");
    amount.set_currency(currency_);
    DAFTAR_RETURN_IF_ERROR(Place(amount));
    if (slot_) return Bad("a figure is missing");
    if (bracket_ && !closed_) return Bad("\"(\" is not closed");
    if (bound_) amount.set_bound(*bound_);
    if (amount.has_low() && amount.has_high() && amount.low() > amount.high())
      return Bad("its lower bound is above the upper one");
    return amount;
  }

  enum class Slot { kLow, kBest, kHigh };

  const std::string_view text_;
  const std::vector<Token> tokens_;
  const Unit::Code unit_;
  size_t at_ = 0;
  std::vector<double> figures_;
  std::optional<double> named_[3];
  std::optional<Slot> slot_;  // the next figure is this one
  std::optional<Bound::Code> bound_;
  std::optional<AmountWord> in_;
  std::string currency_;
  bool bracket_ = false, closed_ = false, ranged_ = false, money_ = false;
};

}  // namespace

StatusOr<v1::Amount> ReadAmount(std::string_view text, v1::Unit::Code unit) {
  if (text.size() > kMostBytes) return InvalidArgument("a figure has at most " + std::to_string(kMostBytes) + " bytes");
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Token> tokens, Cutter(text).Run());
  return Reader(text, std::move(tokens), unit).Run();
}

}  // namespace daftar
