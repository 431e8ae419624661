#include "storage/search/match.h"

#include <algorithm>

#include "storage/search/analysis/fold.h"
#include "storage/search/terms.h"

namespace daftar::search {
namespace {

constexpr size_t kShortestPrefix = 2;  // letters that a prefix needs, in bytes of UTF-8
constexpr size_t kSnippetBytes = 90;

bool IsPrefixAt(const Query& query, size_t index) {
  return query.last_is_prefix && index + 1 == query.words.size() && query.words[index].size() >= kShortestPrefix;
}

double BestOf(const Query& query, size_t index, const std::map<std::string, uint8_t>& terms) {
  const std::string& word = query.words[index];
  double best = 0;
  if (auto at = terms.find(kWordTerm + word); at != terms.end()) best = Score(Meeting::kExact, at->second);
  if (IsPrefixAt(query, index)) {
    std::string prefix = kWordTerm + word;
    for (auto at = terms.lower_bound(prefix); at != terms.end() && at->first.starts_with(prefix); ++at) {
      best = std::max(best, Score(Meeting::kPrefix, at->second));
    }
  }
  std::string skeleton = Skeleton(word);
  if (auto at = terms.find(kSkeletonTerm + skeleton); !skeleton.empty() && at != terms.end()) {
    best = std::max(best, Score(Meeting::kSkeleton, at->second));
  }
  return best;
}

// How well the text holds the query's words: three for each word that stands in it, less for its beginning or skeleton.
int Likeness(const Query& query, std::string_view text) {
  std::vector<std::string> words = FoldedWords(text);
  int likeness = 0;
  for (size_t i = 0; i < query.words.size(); ++i) {
    const std::string& wanted = query.words[i];
    std::string skeleton = Skeleton(wanted);
    int best = 0;
    for (const std::string& word : words) {
      if (word == wanted) best = std::max(best, 3);
      if (IsPrefixAt(query, i) && word.starts_with(wanted)) best = std::max(best, 2);
      if (!skeleton.empty() && Skeleton(word) == skeleton) best = std::max(best, 1);
    }
    likeness += best;
  }
  return likeness;
}

// Cuts at a space near the limit.
std::string Shortened(const std::string& text) {
  if (text.size() <= kSnippetBytes) return text;
  size_t end = text.rfind(' ', kSnippetBytes);
  if (end == std::string::npos) {
    end = kSnippetBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  }
  return text.substr(0, end) + " …";
}

}  // namespace

Query ParseQuery(std::string_view text) {
  Query query{FoldedName(text), FoldedWords(text), true};
  query.last_is_prefix = !text.empty() && text.back() != ' ';
  return query;
}

double Score(Meeting meeting, uint8_t fields) {
  bool strong = (fields & (kName | kKey)) != 0;
  switch (meeting) {
    case Meeting::kExact:
      return strong ? 10 : 3;
    case Meeting::kPrefix:
      return strong ? 6 : 2;
    case Meeting::kSkeleton:
      return 5;
  }
  return 0;
}

double KindScore(Kind kind) {
  switch (kind) {
    case v1::RecordKind::ACTOR:
      return 3;
    case v1::RecordKind::PLACE:
      return 2;
    case v1::RecordKind::INCIDENT:
      return 1;
    default:
      return 0;
  }
}

std::optional<double> Match(const Query& query, const std::map<std::string, uint8_t>& terms, Kind kind) {
  if (query.words.empty()) return std::nullopt;
  double score = KindScore(kind);
  for (size_t i = 0; i < query.words.size(); ++i) {
    double best = BestOf(query, i, terms);
    if (best == 0) return std::nullopt;
    score += best;
  }
  if (terms.contains(kNameTerm + query.name)) score += kWholeNameScore;
  return score;
}

std::string Why(const Query& query, const Record& record) {
  int most = 0;
  std::string why;
  for (const FieldText& text : TextsOf(record)) {
    int likeness = Likeness(query, text.text);
    if (likeness <= most) continue;
    most = likeness;
    why = text.label + ": " + Shortened(text.text);
  }
  return why;
}

}  // namespace daftar::search
