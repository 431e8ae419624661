// Cases made of what a person would remember of a generated incident.
#include <algorithm>
#include <functional>
#include <set>

#include "storage/model/date.h"
#include "tests/bench/relevance/cases.h"
#include "tools/gen/prng.h"

namespace daftar::bench {
namespace {

constexpr size_t kLeastPhraseBytes = 16;

// Where each letter of a UTF-8 word begins, and its end.
std::vector<size_t> LettersOf(std::string_view word) {
  std::vector<size_t> starts;
  for (size_t at = 0; at < word.size(); ++at) {
    if ((static_cast<unsigned char>(word[at]) & 0xc0) != 0x80) starts.push_back(at);
  }
  starts.push_back(word.size());
  return starts;
}
size_t LetterCount(std::string_view word) { return LettersOf(word).size() - 1; }

std::string LetterAt(std::string_view word, size_t letter) {
  const std::vector<size_t> starts = LettersOf(word);
  return std::string(word.substr(starts[letter], starts[letter + 1] - starts[letter]));
}

// With one letter left out, doubled, or swapped with the next; never the first one.
std::string WithError(gen::Prng& random, const std::string& word) {
  const size_t letters = LetterCount(word);
  const size_t at = 1 + random.Below(letters - 2);
  const std::vector<size_t> starts = LettersOf(word);
  const std::string before = word.substr(0, starts[at]), after = word.substr(starts[at + 1]);
  switch (random.Below(3)) {
    case 0:
      return before + after;
    case 1:
      return before + LetterAt(word, at) + LetterAt(word, at) + after;
    default:
      return before + LetterAt(word, at + 1) + LetterAt(word, at) + word.substr(starts[at + 2]);
  }
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

class Maker {
 public:
  Maker(const gen::Generator& generator, uint64_t seed) : generator_(generator), random_(gen::MixOf({seed, 0xca5e})) {}

  // Makes cases of incidents until `make` has made so many; it returns false for those that do not fit.
  void Group(size_t count, const std::function<bool(const gen::KnownItem&, Case&)>& make) {
    const Rid first = generator_.first_incident();
    const uint64_t incidents = generator_.total() - first + 1;
    for (size_t tries = 0; count > 0 && tries < 100'000; ++tries) {
      const Rid rid = first + static_cast<Rid>(random_.Below(incidents));
      if (generator_.At(rid).retirement() != nullptr) continue;
      const gen::KnownItem item = generator_.Describe(rid);
      // A word that a person would not give: of one letter, or with a sign that the query language reads.
      const bool plain = std::all_of(item.title_words.begin(), item.title_words.end(), [](const std::string& word) {
        return LetterCount(word) > 1 && word.find_first_of(":()|\"*-") == std::string::npos;
      });
      Case made;
      made.answer = item.id;
      if (!plain || item.title_words.size() < 4 || !make(item, made)) continue;
      if (made.plain.empty()) made.plain = made.query;
      cases.push_back(std::move(made));
      --count;
    }
  }

  // One of the words of the title with so many letters; SIZE_MAX: there is none.
  size_t LongWord(const std::vector<std::string>& words, size_t letters) {
    std::vector<size_t> fit;
    for (size_t i = 0; i < words.size(); ++i) {
      if (LetterCount(words[i]) >= letters && words[i].find_first_of("0123456789") == std::string::npos) {
        fit.push_back(i);
      }
    }
    return fit.empty() ? SIZE_MAX : fit[random_.Below(fit.size())];
  }

  gen::Prng& random() { return random_; }
  std::vector<Case> cases;

 private:
  const gen::Generator& generator_;
  gen::Prng random_;
};

}  // namespace

std::vector<Case> GeneratedCases(const gen::Generator& generator, uint64_t seed, size_t in_group) {
  Maker maker(generator, seed);
  const auto misspelt = [&maker](const gen::KnownItem& item, Case& made, const char* group, size_t letters,
                                 int errors) {
    made.group = group;
    std::vector<std::string> words = item.title_words;
    const size_t at = maker.LongWord(words, letters);
    if (at == SIZE_MAX) return false;
    for (int i = 0; i < errors; ++i) words[at] = WithError(maker.random(), words[at]);
    made.query = Joined(words) + " ";
    return words[at] != item.title_words[at];
  };
  maker.Group(in_group, [](const gen::KnownItem& item, Case& made) {
    made.group = "title";
    made.query = Joined(item.title_words) + " ";
    return true;
  });
  maker.Group(in_group, [&maker](const gen::KnownItem& item, Case& made) {
    made.group = "title, other order";
    std::vector<std::string> words = item.title_words;
    for (size_t i = words.size(); i > 1; --i) std::swap(words[i - 1], words[maker.random().Below(i)]);
    made.query = Joined(words) + " ";
    return true;
  });
  maker.Group(in_group,
              [&](const gen::KnownItem& item, Case& made) { return misspelt(item, made, "one error", 4, 1); });
  maker.Group(in_group,
              [&](const gen::KnownItem& item, Case& made) { return misspelt(item, made, "two errors", 8, 2); });
  maker.Group(in_group, [](const gen::KnownItem& item, Case& made) {
    made.group = "phrase";
    made.query = '"' + item.phrase + '"';
    // Three small words stand side by side in many records.
    return item.phrase.size() >= kLeastPhraseBytes;
  });
  maker.Group(in_group, [](const gen::KnownItem& item, Case& made) {
    made.group = "being typed";
    std::vector<std::string> words = item.title_words;
    const std::vector<size_t> starts = LettersOf(words.back());
    if (starts.size() < 5) return false;
    words.back().resize(starts[starts.size() / 2]);
    made.query = Joined(words);
    return true;
  });
  maker.Group(in_group, [](const gen::KnownItem& item, Case& made) {
    made.group = "filter";
    const std::string words = item.title_words[0] + " " + item.title_words[1];
    made.query = words + " kind:incident date:" + IsoDay(item.day);
    made.plain = words;
    return item.day != 0;
  });
  maker.Group(in_group, [](const gen::KnownItem& item, Case& made) {
    made.group = "filter";
    const std::string words = item.title_words[0] + " " + item.title_words[1];
    made.query = words + " actor:\"" + item.actor_elsewhere + "\"";
    made.plain = words + " " + item.actor_elsewhere;
    return item.actor != 0;
  });
  std::set<Uuid> actors;
  maker.Group(in_group, [&](const gen::KnownItem& item, Case& made) {
    made.group = "other script";
    made.query = item.actor_elsewhere + " ";
    if (item.actor == 0) return false;
    made.answer = generator.IdOf(item.actor);
    return actors.insert(made.answer).second;
  });
  return std::move(maker.cases);
}

}  // namespace daftar::bench
