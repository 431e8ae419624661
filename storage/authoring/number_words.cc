#include "storage/authoring/number_words.h"

#include <initializer_list>
#include <map>

namespace daftar {
namespace {

using Numbers = std::map<std::string_view, double>;
using Words = std::initializer_list<std::string_view>;

Numbers AllOf() {
  Numbers numbers;
  const auto add = [&numbers](double number, Words words) {
    for (const std::string_view word : words) numbers.emplace(word, number);
  };
  add(1, {"one", "один", "одна", "одно", "одного", "одной", "одному", "як", "якто", "یک"});
  add(2, {"two", "два", "две", "двух", "двое", "двоих", "двум", "ду", "дуто", "دو"});
  add(3, {"three", "три", "трех", "трёх", "трое", "троих", "трем", "трём", "се", "сето", "سه"});
  add(4, {"four", "четыре", "четырех", "четырёх", "четверо", "четверых", "чор", "чаҳор", "چهار"});
  add(5, {"five", "пять", "пяти", "пятеро", "пятерых", "панҷ", "پنج"});
  add(6, {"six", "шесть", "шести", "шестеро", "шестерых", "шаш", "شش"});
  add(7, {"seven", "семь", "семи", "семеро", "семерых", "ҳафт", "هفت"});
  add(8, {"eight", "восемь", "восьми", "восьмеро", "ҳашт", "هشت"});
  add(9, {"nine", "девять", "девяти", "девятеро", "нӯҳ", "نه"});
  add(10, {"ten", "десять", "десяти", "десятеро", "даҳ", "ده"});
  add(11, {"eleven", "одиннадцать", "одиннадцати", "ёздаҳ", "یازده"});
  add(12, {"twelve", "dozen", "двенадцать", "двенадцати", "дюжина", "дувоздаҳ", "دوازده"});
  add(13, {"thirteen", "тринадцать", "тринадцати", "сездаҳ", "سیزده"});
  add(14, {"fourteen", "четырнадцать", "четырнадцати", "чордаҳ", "чаҳордаҳ", "چهارده"});
  add(15, {"fifteen", "пятнадцать", "пятнадцати", "понздаҳ", "پانزده"});
  add(16, {"sixteen", "шестнадцать", "шестнадцати", "шонздаҳ", "شانزده"});
  add(17, {"seventeen", "семнадцать", "семнадцати", "ҳабдаҳ", "ҳафдаҳ", "هفده"});
  add(18, {"eighteen", "восемнадцать", "восемнадцати", "ҳаждаҳ", "هجده", "هژده"});
  add(19, {"nineteen", "девятнадцать", "девятнадцати", "нуздаҳ", "نوزده"});
  add(20, {"twenty", "двадцать", "двадцати", "бист", "بیست"});
  add(30, {"thirty", "тридцать", "тридцати", "сӣ", "سی"});
  add(40, {"forty", "сорок", "сорока", "чил", "چهل"});
  add(50, {"fifty", "пятьдесят", "пятидесяти", "панҷоҳ", "پنجاه"});
  add(60, {"sixty", "шестьдесят", "шестидесяти", "шаст", "شصت"});
  add(70, {"seventy", "семьдесят", "семидесяти", "ҳафтод", "هفتاد"});
  add(80, {"eighty", "восемьдесят", "восьмидесяти", "ҳаштод", "هشتاد"});
  add(90, {"ninety", "девяносто", "навад", "نود"});
  add(100, {"hundred", "сто", "ста", "сад", "صد"});
  return numbers;
}

}  // namespace

std::optional<double> NumberWordOf(std::string_view word) {
  static const auto* const kNumbers = new Numbers(AllOf());
  const auto at = kNumbers->find(word);
  return at == kNumbers->end() ? std::nullopt : std::optional(at->second);
}

}  // namespace daftar
