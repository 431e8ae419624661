#include "tests/bench/peers/questions.h"

#include <algorithm>
#include <set>

#include "storage/search/analysis/tokenizer.h"
#include "tools/gen/prng.h"

namespace daftar::bench {
namespace {

bool FoldsAlike(std::string_view word) {
  return word.size() >= 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// A word of a record, and what follows it.
class Drawer {
 public:
  Drawer(const Corpus& corpus, uint64_t seed) : corpus_(corpus), random_(gen::MixOf({seed, 0x9ee5})) { CountWords(); }

  Question Rare() { return OneOf(rare_); }
  Question Common() { return OneOf(common_); }
  bool has_words() const { return !rare_.empty() && !common_.empty(); }
  Question Together(size_t words) {
    while (true) {
      const BenchDoc doc = SomeIncident();
      const std::vector<std::string> all = WordsOf(doc);
      std::set<std::string> chosen;
      for (size_t tries = 0; tries < 20 && chosen.size() < words && !all.empty(); ++tries) {
        chosen.insert(all[random_.Below(all.size())]);
      }
      if (chosen.size() < words) continue;
      Question question;
      question.words.assign(chosen.begin(), chosen.end());
      return question;
    }
  }
  Question Beginning(size_t letters) {
    while (true) {
      Question question = Together(1);
      if (question.words[0].size() <= letters) continue;
      question.form = Question::Form::kPrefix;
      question.words[0].resize(letters);
      return question;
    }
  }
  Question Phrase(size_t words) {
    while (true) {
      const BenchDoc doc = SomeIncident();
      const std::string& text = doc.texts[random_.Below(doc.texts.size())].text;
      tokenizer_.Tokenize(text, &tokens_);
      if (tokens_.size() < words) continue;
      const size_t from = random_.Below(tokens_.size() - words + 1);
      Question question;
      question.form = Question::Form::kPhrase;
      for (size_t i = from; i < from + words; ++i) question.words.emplace_back(tokenizer_.word(tokens_[i].word));
      if (std::all_of(question.words.begin(), question.words.end(), FoldsAlike)) return question;
    }
  }
  Question WhereAndWhen(bool newest) {
    while (true) {
      const BenchDoc doc = SomeIncident();
      const std::vector<std::string> all = WordsOf(doc);
      if (all.empty() || doc.countries.empty() || doc.day == INT32_MIN) continue;
      Question question;
      question.words = {all[random_.Below(all.size())]};
      question.country = doc.countries[0];
      // Half a year to three years around it.
      const int32_t days = static_cast<int32_t>(180 + random_.Below(900));
      question.first_day = doc.day - static_cast<int32_t>(random_.Below(static_cast<uint64_t>(days)));
      question.last_day = question.first_day + days;
      question.newest = newest;
      return question;
    }
  }
  Question Actor() {
    while (true) {
      const BenchDoc doc = SomeIncident();
      if (doc.actors.empty()) continue;
      Question question;
      question.actor = doc.actors[random_.Below(doc.actors.size())];
      question.newest = true;
      question.limit = 50;
      return question;
    }
  }

 private:
  void CountWords() {
    std::vector<uint32_t> docs, last;
    for (uint32_t rid = 1; rid <= corpus_.size(); ++rid) {
      const BenchDoc doc = corpus_.At(rid);
      if (!doc.searchable) continue;
      for (const BenchDoc::Text& text : doc.texts) {
        tokenizer_.Tokenize(text.text, &tokens_);
        docs.resize(tokenizer_.size());
        last.resize(tokenizer_.size());
        for (const search::Token& token : tokens_) {
          if (last[token.word] == rid) continue;
          last[token.word] = rid;
          ++docs[token.word];
        }
      }
    }
    for (uint32_t word = 0; word < docs.size(); ++word) {
      const std::string text(tokenizer_.word(word));
      if (!FoldsAlike(text)) continue;
      if (docs[word] >= 2 && docs[word] <= 20) rare_.push_back(text);
      if (docs[word] > corpus_.size() / 100 * 3) common_.push_back(text);
    }
    std::sort(rare_.begin(), rare_.end());
    std::sort(common_.begin(), common_.end());
  }

  BenchDoc SomeIncident() {
    while (true) {
      BenchDoc doc = corpus_.At(1 + static_cast<uint32_t>(random_.Below(corpus_.size())));
      if (doc.searchable && doc.kind == v1::RecordKind::INCIDENT && !doc.texts.empty()) return doc;
    }
  }
  std::vector<std::string> WordsOf(const BenchDoc& doc) {
    std::vector<std::string> words;
    for (const BenchDoc::Text& text : doc.texts) {
      tokenizer_.Tokenize(text.text, &tokens_);
      for (const search::Token& token : tokens_) {
        if (FoldsAlike(tokenizer_.word(token.word))) words.emplace_back(tokenizer_.word(token.word));
      }
    }
    return words;
  }
  Question OneOf(const std::vector<std::string>& words) {
    Question question;
    question.words = {words[random_.Below(words.size())]};
    return question;
  }

  const Corpus& corpus_;
  gen::Prng random_;
  search::Tokenizer tokenizer_;
  std::vector<search::Token> tokens_;
  std::vector<std::string> rare_, common_;
};

}  // namespace

std::vector<QuestionClass> DrawQuestions(const Corpus& corpus, uint64_t seed, size_t in_class) {
  Drawer drawer(corpus, seed);
  std::vector<QuestionClass> classes;
  const auto draw = [&](const char* name, auto one) {
    QuestionClass drawn{name, {}};
    for (size_t i = 0; i < in_class; ++i) drawn.questions.push_back(one(i));
    classes.push_back(std::move(drawn));
  };
  if (drawer.has_words()) {
    draw("rare term, ranked", [&](size_t) { return drawer.Rare(); });
    draw("common term, ranked", [&](size_t) { return drawer.Common(); });
    draw("common term, newest first", [&](size_t) {
      Question question = drawer.Common();
      question.newest = true;
      return question;
    });
  }
  draw("two terms AND", [&](size_t) { return drawer.Together(2); });
  draw("three terms AND", [&](size_t) { return drawer.Together(3); });
  draw("prefix of 3-5 letters", [&](size_t i) { return drawer.Beginning(3 + i % 3); });
  draw("phrase", [&](size_t i) { return drawer.Phrase(2 + i % 2); });
  draw("term + country + dates, ranked", [&](size_t) { return drawer.WhereAndWhen(false); });
  draw("term + country + dates, newest", [&](size_t) { return drawer.WhereAndWhen(true); });
  draw("actor, newest 50", [&](size_t) { return drawer.Actor(); });
  return classes;
}

}  // namespace daftar::bench
