// Figures as text: see WriteAmount in spoken_amount.h.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "storage/authoring/amount_lexicon.h"
#include "storage/authoring/spoken_amount.h"

namespace daftar {
namespace {

using v1::Bound;
using v1::Unit;

// The shortest text that reads back as the same number.
std::string NumberText(double number) {
  char text[40];
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, number);
    if (std::strtod(text, nullptr) == number) break;
  }
  if (std::string_view(text).find('e') == std::string_view::npos) return text;
  std::snprintf(text, sizeof text, "%.*f", number == std::floor(number) ? 0 : 9, number);
  return text;
}

struct Scale {
  double times = 1;
  std::string before, after;  // "USD ", " kg"
};

// The largest unit in which all figures are whole.
Scale ScaleOf(const v1::Amount& amount) {
  const auto whole_in = [&amount](double times) {
    const auto whole = [times](bool has, double figure) {
      return !has || (figure != 0 && figure == std::floor(figure / times) * times);
    };
    return whole(amount.has_low(), amount.low()) && whole(amount.has_best(), amount.best()) &&
           whole(amount.has_high(), amount.high());
  };
  switch (amount.unit()) {
    case Unit::GRAM:
      return whole_in(1e6) ? Scale{1e6, "", " t"} : whole_in(1e3) ? Scale{1e3, "", " kg"} : Scale{1, "", " g"};
    case Unit::METRE:
      return whole_in(1e3) ? Scale{1e3, "", " km"} : Scale{1, "", " m"};
    case Unit::SECOND:
      if (whole_in(86400)) return {86400, "", " d"};
      return whole_in(3600) ? Scale{3600, "", " h"} : whole_in(60) ? Scale{60, "", " min"} : Scale{1, "", " s"};
    case Unit::PERCENT:
      return {1, "", " %"};
    case Unit::CURRENCY_MINOR:
      return {kMinorOfCurrency, (amount.currency().empty() ? NoCurrency() : amount.currency()) + " ", ""};
    default:
      return {};
  }
}

// Every figure by its name.
std::string Named(const v1::Amount& amount, const Scale& scale) {
  std::string text = scale.before;
  const auto add = [&](const char* name, bool has, double figure) {
    if (has)
      text +=
          std::string(text.empty() || text.back() == ' ' ? "" : " ") + name + " " + NumberText(figure / scale.times);
  };
  add("low", amount.has_low(), amount.low());
  add("best", amount.has_best(), amount.best());
  add("high", amount.has_high(), amount.high());
  text += text.empty() ? scale.after.substr(std::min<size_t>(1, scale.after.size())) : scale.after;
  switch (amount.bound()) {
    case Bound::ABOUT:
      return text + " about";
    case Bound::AT_LEAST:
      return text + " at least";
    case Bound::AT_MOST:
      return text + " at most";
    case Bound::NOT_GIVEN:
      return text + " not given";
    default:
      return text;
  }
}

// As people write it, where that says all.
std::string Usual(const v1::Amount& amount, const Scale& scale) {
  const auto figure = [&scale](double number) { return NumberText(number / scale.times); };
  const std::string range =
      amount.has_low() && amount.has_high() ? figure(amount.low()) + "–" + figure(amount.high()) : "";
  std::string text;
  if (amount.has_best()) {
    text = figure(amount.best()) + (range.empty() ? "" : " (" + range + ")");
  } else if (!range.empty()) {
    text = range;
  } else if (amount.has_low()) {
    text = figure(amount.low());
  } else if (amount.has_high()) {
    text = figure(amount.high());
  }
  const std::string sign = amount.bound() == Bound::ABOUT      ? "~ "
                           : amount.bound() == Bound::AT_LEAST ? "≥ "
                           : amount.bound() == Bound::AT_MOST  ? "≤ "
                                                               : "";
  if (text.empty()) return amount.bound() == Bound::NOT_GIVEN ? "not given" : "";
  return sign + scale.before + text + scale.after;
}

}  // namespace

std::string WriteAmount(const v1::Amount& amount) {
  v1::Amount figures = amount;
  figures.clear_wording();
  const bool nothing = !figures.has_low() && !figures.has_best() && !figures.has_high();
  if (nothing && figures.bound() != Bound::NOT_GIVEN) return "";
  const Scale scale = ScaleOf(figures);
  const std::string usual = Usual(figures, scale);
  const StatusOr<v1::Amount> back = ReadAmount(usual, figures.unit());
  const bool same = back.ok() && back->SerializeAsString() == figures.SerializeAsString();
  return same ? usual : Named(figures, scale);
}

}  // namespace daftar
