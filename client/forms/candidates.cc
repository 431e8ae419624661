#include "client/forms/candidates.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "storage/authoring/spoken_date.h"

namespace daftar::forms {
namespace {

// So many words from a figure to what became of the people; the nearest counts.
constexpr size_t kNearWords = 8;

struct Fate {
  std::string_view field;
  std::string_view stem;  // of words in small letters
};
constexpr std::array kFates{
    Fate{"killed", "kill"},      Fate{"killed", "dead"},     Fate{"killed", "died"},      Fate{"killed", "убит"},
    Fate{"killed", "погиб"},     Fate{"killed", "уничтож"},  Fate{"killed", "кушта"},     Fate{"killed", "ҳалок"},
    Fate{"killed", "کشته"},      Fate{"wounded", "wound"},   Fate{"wounded", "injur"},    Fate{"wounded", "ранен"},
    Fate{"wounded", "захм"},     Fate{"wounded", "زخم"},     Fate{"wounded", "مجروح"},    Fate{"captured", "captur"},
    Fate{"captured", "detain"},  Fate{"captured", "arrest"}, Fate{"captured", "задерж"},  Fate{"captured", "дастгир"},
    Fate{"captured", "боздошт"}, Fate{"captured", "دستگیر"}, Fate{"captured", "بازداشت"}, Fate{"missing", "missing"},
    Fate{"missing", "пропа"},    Fate{"missing", "бедарак"}, Fate{"missing", "ناپدید"},   Fate{"seized", "seiz"},
    Fate{"seized", "confiscat"}, Fate{"seized", "изъя"},     Fate{"seized", "мусодира"},  Fate{"seized", "ضبط"},
};

std::string SmallLetters(std::string_view word) {
  std::string small;
  icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int>(word.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(small);
  return small;
}

std::string FateIn(std::string_view word) {
  const std::string small = SmallLetters(word);
  for (const Fate& fate : kFates) {
    if (small.starts_with(fate.stem)) return std::string(fate.field);
  }
  return "";
}

// A sentence ends between the words.
bool EndsBetween(std::string_view text, const WordRange& word, const WordRange& next) {
  return text.substr(word.end, next.begin - word.end).find_first_of(".!?;\n") != std::string_view::npos;
}

// What the nearest word in its sentence says that became of those whom a figure counts; a comma parts as two words do.
class FateFinder {
 public:
  FateFinder(std::string_view text, std::span<const WordRange> words) : text_(text), words_(words) {}

  std::string Of(const WordRange& figure) const {
    const auto behind =
        std::find_if(words_.begin(), words_.end(), [&](const WordRange& w) { return w.begin >= figure.end; });
    const auto at = static_cast<size_t>(behind - words_.begin());
    std::string nearest;
    size_t distance = kNearWords + 1;
    size_t gone = 0;
    for (size_t i = at; i < words_.size() && gone < distance; ++i) {
      const WordRange& before = i == at ? figure : words_[i - 1];
      if (EndsBetween(text_, before, words_[i])) break;
      gone += Step(before, words_[i]);
      Take(i, gone, nearest, distance);
    }
    gone = 0;
    for (size_t i = at; i-- > 0 && gone < distance;) {
      if (i + 1 < at && EndsBetween(text_, words_[i], words_[i + 1])) break;
      if (i + 1 < at) gone += Step(words_[i], words_[i + 1]);
      Take(i, gone, nearest, distance);
    }
    return nearest;
  }

 private:
  size_t Step(const WordRange& word, const WordRange& next) const {
    return text_.substr(word.end, next.begin - word.end).find_first_of(",") == std::string_view::npos ? 1 : 3;
  }
  void Take(size_t word, size_t gone, std::string& nearest, size_t& distance) const {
    const std::string fate = FateIn(text_.substr(words_[word].begin, words_[word].end - words_[word].begin));
    if (fate.empty() || gone >= distance) return;
    nearest = fate;
    distance = gone;
  }

  const std::string_view text_;
  const std::span<const WordRange> words_;
};

// A day and a month whose year the sentence does not say: "2 September"; nullopt: the figure is no such day.
std::optional<WordRange> DayAt(std::string_view text, std::span<const WordRange> words, const WordRange& figure) {
  const auto next = std::find_if(words.begin(), words.end(), [&](const WordRange& w) { return w.begin >= figure.end; });
  if (next == words.end()) return std::nullopt;
  const std::string day(text.substr(figure.begin, next->end - figure.begin));
  if (!ReadDate(day + " 2000").ok()) return std::nullopt;
  return WordRange{figure.begin, next->end};
}

bool Overlaps(const WordRange& a, const WordRange& b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

std::vector<Candidate> ValuesIn(std::string_view passage) {
  std::vector<Candidate> found;
  const std::string_view text = passage.substr(0, kMostSearchedBytes);
  const std::vector<WordRange> words = WordsIn(text);
  for (const WordRange& date : DatesIn(text)) found.push_back({date, "date", ""});
  const FateFinder fates(text, words);
  for (const WordRange& figure : FiguresIn(text)) {
    const std::optional<WordRange> day = DayAt(text, words, figure);
    found.push_back(day ? Candidate{*day, "date", ""} : Candidate{figure, fates.Of(figure), ""});
  }
  std::sort(found.begin(), found.end(),
            [](const Candidate& a, const Candidate& b) { return a.words.begin < b.words.begin; });
  return found;
}

StatusOr<std::vector<Candidate>> CandidatesIn(const ReadView& view, std::string_view passage,
                                              const std::atomic<bool>* stop) {
  std::vector<Candidate> found = ValuesIn(passage);
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Candidate> names, NamesIn(view, passage, stop));
  for (const Candidate& name : names) {
    const bool taken =
        std::any_of(found.begin(), found.end(), [&](const Candidate& one) { return Overlaps(one.words, name.words); });
    if (!taken) found.push_back(name);
  }
  std::sort(found.begin(), found.end(),
            [](const Candidate& a, const Candidate& b) { return a.words.begin < b.words.begin; });
  return found;
}

}  // namespace daftar::forms
