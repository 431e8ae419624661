#include "storage/authoring/date_lexicon.h"

#include <array>
#include <string>
#include <unordered_map>

namespace daftar {
namespace {

using Meaning = DateWord::Meaning;

// Words, with a blank between them, that mean the same.
struct Entry {
  Meaning meaning;
  int value;
  std::string_view words;
};

constexpr std::array kEntries = {
    Entry{Meaning::kMonth, 1, "january jan январь января янв январ جنوری ژانویه"},
    Entry{Meaning::kMonth, 2, "february feb февраль февраля фев феврал فبروری فوریه"},
    Entry{Meaning::kMonth, 3, "march mar март марта мар марти مارچ مارس"},
    Entry{Meaning::kMonth, 4, "april apr апрель апреля апр апрел اپریل آوریل"},
    Entry{Meaning::kMonth, 5, "may май мая майи می مه"},
    Entry{Meaning::kMonth, 6, "june jun июнь июня июн июни جون ژوئن"},
    Entry{Meaning::kMonth, 7, "july jul июль июля июл июли جولای جولایی ژوئیه"},
    Entry{Meaning::kMonth, 8, "august aug август августа авг августи آگست اگست آگوست اوت"},
    Entry{Meaning::kMonth, 9, "september sep sept сентябрь сентября сен сент сентябр сентябри سپتمبر سپتامبر"},
    Entry{Meaning::kMonth, 10, "october oct октябрь октября окт октябр октябри اکتوبر اکتبر"},
    Entry{Meaning::kMonth, 11, "november nov ноябрь ноября ноя нояб ноябр ноябри نومبر نوامبر"},
    Entry{Meaning::kMonth, 12, "december dec декабрь декабря дек декабр декабри دسمبر دسامبر"},

    Entry{Meaning::kPart, v1::DayPart::NIGHT, "night overnight ночь ночи ночью шаб шаби шабона شب"},
    Entry{Meaning::kPart, v1::DayPart::DAWN, "dawn daybreak рассвет рассвете саҳар саҳарии سحر سپیده"},
    Entry{Meaning::kPart, v1::DayPart::MORNING, "morning утро утра утром субҳ субҳи صبح"},
    Entry{Meaning::kPart, v1::DayPart::AFTERNOON, "afternoon день днём днем бегоҳ پیشین بعدازظهر"},
    Entry{Meaning::kPart, v1::DayPart::EVENING, "evening вечер вечера вечером шом شام عصر"},

    Entry{Meaning::kThird, 0, "early beginning start начало начале аввали авали اوایل آغاز"},
    Entry{Meaning::kThird, 1, "mid middle середина середине миёнаи миёни اواسط میانه"},
    Entry{Meaning::kThird, 2, "late end конец конце охири поёни اواخر اخیر"},

    Entry{Meaning::kAbout, 0,
          "about around circa ca c approximately roughly около примерно тақрибан тахминан حدود حدودا تقریبا"},
    Entry{Meaning::kPerhaps, 0, "probably perhaps possibly вероятно возможно эҳтимол шояд احتمالا شاید"},
    Entry{Meaning::kBefore, 0, "before until till by до то пеш قبل پیش تا"},
    Entry{Meaning::kAfter, 0, "after после пас پس بعد"},
    Entry{Meaning::kFrom, 0, "from since с со аз از"},
    Entry{Meaning::kTo, 0, "to and through по и то ва و الی"},

    Entry{Meaning::kNothing, 0,
          "of the in on at day month year on between из в во на года год г месяц между дар дари рӯзи соли моҳи сол рӯз "
          "моҳ байни در روز سال ماه بین تاریخ"},
};

using Lexicon = std::unordered_map<std::string_view, DateWord>;

// The first meaning of a word counts.
const Lexicon& Words() {
  static const Lexicon* const words = [] {
    auto* made = new Lexicon;
    for (const Entry& entry : kEntries) {
      for (std::string_view rest = entry.words; !rest.empty();) {
        const size_t end = rest.find(' ');
        made->try_emplace(rest.substr(0, end), DateWord{entry.meaning, entry.value});
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      }
    }
    return made;
  }();
  return *words;
}

}  // namespace

std::optional<DateWord> DateWordOf(std::string_view word) {
  const auto at = Words().find(word);
  if (at == Words().end()) return std::nullopt;
  return at->second;
}

}  // namespace daftar
