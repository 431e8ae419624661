#include "storage/authoring/amount_lexicon.h"

#include <map>

namespace daftar {
namespace {

using Meaning = AmountWord::Meaning;
using Unit = v1::Unit;

AmountWord Plain(Meaning meaning) { return {meaning, Unit::COUNT, 1}; }
AmountWord In(Unit::Code unit, double times) { return {Meaning::kUnit, unit, times}; }

std::map<std::string_view, AmountWord> Words() {
  std::map<std::string_view, AmountWord> words;
  const auto add = [&words](AmountWord word, std::initializer_list<std::string_view> spellings) {
    for (const std::string_view spelling : spellings) words.emplace(spelling, word);
  };
  add(Plain(Meaning::kNothing), {"and", "from", "и", "от", "аз", "ва", "از", "و"});
  add(Plain(Meaning::kAbout),
      {"~", "≈", "about", "around", "approximately", "approx", "circa", "some", "nearly", "около", "примерно",
       "приблизительно", "тақрибан", "қариб", "حدود", "تقریبا", "تقریباً", "نزدیک به"});
  add(Plain(Meaning::kAtLeast), {"≥", ">=", "at least", "no fewer than", "no less than", "не менее", "минимум",
                                 "на кам аз", "камаш", "камтар не", "حداقل", "دست کم", "کم از کم"});
  add(Plain(Meaning::kAtMost), {"≤", "<=", "at most", "up to", "no more than", "не более", "максимум", "на зиёд аз",
                                "на бештар аз", "حداکثر", "بیشتر نه"});
  add(Plain(Meaning::kTo), {"-", "to", "between", "до", "между", "то", "байни", "تا", "بین"});
  add(Plain(Meaning::kNotGiven), {"not given", "no number", "no number given", "не указано", "без числа", "гуфта нашуд",
                                  "бе рақам", "گفته نشده", "بی شمار", "ذکر نشده"});
  add(Plain(Meaning::kLow), {"low"});
  add(Plain(Meaning::kBest), {"best"});
  add(Plain(Meaning::kHigh), {"high"});
  add(In(Unit::GRAM, 1), {"g", "gram", "grams", "г", "гр", "грамм", "грамма", "граммов", "گرام", "گرم"});
  add(In(Unit::GRAM, 1e3), {"kg", "kilogram", "kilograms", "kilo", "kilos", "кг", "килограмм", "килограмма",
                            "килограммов", "کیلو", "کیلوگرام", "کیلوگرم"});
  add(In(Unit::GRAM, 1e6), {"t", "ton", "tons", "tonne", "tonnes", "т", "тонна", "тонны", "тонн", "تن"});
  add(In(Unit::METRE, 1), {"m", "metre", "metres", "meter", "meters", "м", "метр", "метра", "метров", "متر"});
  add(In(Unit::METRE, 1e3), {"km", "kilometre", "kilometres", "kilometer", "kilometers", "км", "километр", "километра",
                             "километров", "کیلومتر"});
  add(In(Unit::METRE, 1609.344), {"mile", "miles", "миля", "мили", "миль", "مایل"});
  add(In(Unit::SECOND, 1), {"s", "sec", "second", "seconds", "с", "сек", "секунд", "секунды", "сония", "ثانیه"});
  add(In(Unit::SECOND, 60), {"min", "minute", "minutes", "мин", "минут", "минуты", "минута", "дақиқа", "دقیقه"});
  add(In(Unit::SECOND, 3600), {"h", "hour", "hours", "ч", "час", "часа", "часов", "соат", "ساعت"});
  add(In(Unit::SECOND, 86400), {"d", "day", "days", "сут", "день", "дня", "дней", "рӯз", "روز"});
  add(In(Unit::PERCENT, 1), {"%", "percent", "per cent", "процент", "процента", "процентов", "фоиз", "فیصد", "درصد"});
  return words;
}

}  // namespace

std::optional<AmountWord> AmountWordOf(std::string_view words) {
  static const auto* const kWords = new std::map<std::string_view, AmountWord>(Words());
  const auto at = kWords->find(words);
  return at == kWords->end() ? std::nullopt : std::optional(at->second);
}

}  // namespace daftar
