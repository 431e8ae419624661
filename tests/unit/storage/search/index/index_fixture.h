// Random documents, segments of them, and what a plain look at all of them finds.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "storage/search/analysis/fold.h"
#include "storage/search/index/index_doc.h"
#include "storage/search/index/merge.h"
#include "storage/search/index/searcher.h"
#include "storage/search/index/segment_builder.h"

namespace daftar::search {

// A small language: common words first.
inline std::string WordNumber(size_t number) {
  static constexpr const char* kSyllables[] = {"ba", "do", "ki", "ru", "san", "te", "мо", "ла"};
  std::string word;
  for (size_t rest = number + 1; rest > 0; rest /= 8) word += kSyllables[rest % 8];
  return word;
}

inline IndexDoc RandomDoc(std::mt19937& random, uint32_t rid) {
  const auto below = [&random](uint32_t most) { return static_cast<uint32_t>(random() % most); };
  const auto text = [&](size_t words) {
    std::string out;
    for (size_t i = 0; i < words; ++i) out += (i == 0 ? "" : " ") + WordNumber(below(1 + below(60)));
    return out;
  };
  IndexDoc doc;
  doc.rid = rid;
  doc.day = below(20) == 0 ? kNoDay : static_cast<int32_t>(below(300));
  doc.texts.push_back({true, text(1 + below(4))});
  doc.texts.push_back({false, text(1 + below(12))});
  if (below(2) == 0) doc.texts.push_back({false, text(1 + below(30))});
  doc.terms.push_back(below(3) == 0 ? "KACTOR" : "KINCIDENT");
  if (below(4) == 0) doc.terms.push_back("CTJ");
  for (uint32_t actors = below(3); actors > 0; --actors) doc.terms.push_back("A" + std::to_string(below(4)));
  std::sort(doc.terms.begin(), doc.terms.end());
  doc.terms.erase(std::unique(doc.terms.begin(), doc.terms.end()), doc.terms.end());
  if (doc.day != kNoDay && below(3) == 0) {
    const int32_t first = doc.day - static_cast<int32_t>(below(20));
    doc.spans.push_back({first, doc.day + static_cast<int32_t>(below(20))});
  }
  if (below(3) == 0) doc.numbers.push_back({0, static_cast<float>(below(5)), static_cast<float>(5 + below(5))});
  if (below(3) == 0) doc.points.push_back({static_cast<int32_t>(below(1000)), static_cast<int32_t>(below(1000))});
  doc.row = "row " + std::to_string(rid);
  return doc;
}

// Documents in segments, some of them deleted, as a store would hold them.
class IndexFixture {
 public:
  explicit IndexFixture(uint32_t seed) : random_(seed) {}

  void AddSegment(const std::vector<IndexDoc>& docs) {
    SegmentBuilder builder;
    for (const IndexDoc& doc : docs) builder.Add(doc);
    const uint32_t number = next_segment_++;
    DAFTAR_CHECK(builder.Write(blocks_, number).ok());
    numbers_.push_back(number);
    docs_.insert(docs_.end(), docs.begin(), docs.end());
    Open();
  }

  void AddRandomSegment(uint32_t docs) {
    std::vector<IndexDoc> added;
    for (uint32_t i = 0; i < docs; ++i) added.push_back(RandomDoc(random_, next_rid_++));
    AddSegment(added);
  }

  void Delete(uint32_t rid) {
    const auto doc = std::find_if(docs_.begin(), docs_.end(), [rid](const IndexDoc& d) { return d.rid == rid; });
    DAFTAR_CHECK(doc != docs_.end());
    for (const auto& segment : segments_) {
      const auto there = segment->DocOf(rid, doc->day);
      DAFTAR_CHECK(there.ok());
      if (!*there) continue;
      const uint32_t chunk = **there / kChunkDocs;
      DocSet deleted = *segment->Deleted(chunk), own;
      own.Append(static_cast<uint16_t>(**there % kChunkDocs));
      deleted.Or(own);
      std::string bytes;
      deleted.Encode(bytes);
      DAFTAR_CHECK(blocks_.Write(segment->number(), Section::kDeleted, chunk, bytes).ok());
    }
    docs_.erase(doc);
  }

  // Joins all segments into one.
  void Merge() {
    const uint32_t number = next_segment_++;
    const std::vector<const Segment*> inputs = segments();
    const auto merged = MergeSegments(inputs, blocks_, number, nullptr);
    if (!merged.ok()) ADD_FAILURE() << merged.status();
    numbers_ = {number};
    Open();
  }

  std::vector<const Segment*> segments() const {
    std::vector<const Segment*> list;
    for (const auto& segment : segments_) list.push_back(segment.get());
    return list;
  }
  const std::vector<IndexDoc>& docs() const { return docs_; }
  MemoryBlocks& blocks() { return blocks_; }
  std::mt19937& random() { return random_; }

  StatusOr<IndexResult> Run(const Node& query, const SearchOptions& options) const {
    return SearchIndex(segments(), query, options);
  }

  // What looking at every document finds.
  std::set<uint32_t> Expect(const Node& query) const {
    std::set<uint32_t> rids;
    for (const IndexDoc& doc : docs_) {
      if (Answers(doc, query)) rids.insert(doc.rid);
    }
    return rids;
  }

 private:
  void Open() {
    segments_.clear();
    for (const uint32_t number : numbers_) {
      auto segment = Segment::Open(blocks_, number);
      DAFTAR_CHECK(segment.ok());
      segments_.push_back(std::make_unique<Segment>(*std::move(segment)));
    }
  }

  static bool Answers(const IndexDoc& doc, const Node& query) {
    const auto any_text = [&](auto matches) {
      return std::any_of(doc.texts.begin(), doc.texts.end(), [&](const IndexDoc::Text& text) {
        if (query.field == Field::kTitle && !text.name) return false;
        return matches(FoldedWords(text.text));
      });
    };
    const auto child = [&](const Node& node) { return Answers(doc, node); };
    switch (query.op) {
      case Node::Op::kEverything:
        return true;
      case Node::Op::kAnd:
        return std::all_of(query.children.begin(), query.children.end(), child);
      case Node::Op::kOr:
        return std::any_of(query.children.begin(), query.children.end(), child);
      case Node::Op::kNot:
        return !Answers(doc, query.children[0]);
      case Node::Op::kWord:
        return any_text([&](const std::vector<std::string>& words) {
          return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
            return query.prefix ? word.starts_with(query.text) : word == query.text;
          });
        });
      case Node::Op::kPhrase:
        return any_text([&](const std::vector<std::string>& words) {
          const std::vector<std::string> phrase = FoldedWords(query.text);
          return std::search(words.begin(), words.end(), phrase.begin(), phrase.end()) != words.end();
        });
      case Node::Op::kCode:
        return std::any_of(query.codes.begin(), query.codes.end(), [&](const std::string& code) {
          const std::string term = (query.field == Field::kKind ? "K" : "C") + code;
          return std::find(doc.terms.begin(), doc.terms.end(), term) != doc.terms.end();
        });
      case Node::Op::kDays:
        return (doc.day != kNoDay && doc.day >= query.first_day && doc.day <= query.last_day) ||
               std::any_of(doc.spans.begin(), doc.spans.end(), [&](const IndexDoc::Span& span) {
                 return span.first <= query.last_day && span.last >= query.first_day;
               });
      case Node::Op::kNumber:
        return std::any_of(doc.numbers.begin(), doc.numbers.end(), [&](const NumberRange& range) {
          return range.high >= query.least && range.low <= query.most;
        });
      case Node::Op::kBox:
        return std::any_of(doc.points.begin(), doc.points.end(), [&](const IndexDoc::Point& point) {
          return point.lat_e7 >= query.box.south_e7 && point.lat_e7 <= query.box.north_e7 &&
                 point.lon_e7 >= query.box.west_e7 && point.lon_e7 <= query.box.east_e7;
        });
      default:
        return false;
    }
  }

  std::mt19937 random_;
  MemoryBlocks blocks_;
  uint32_t next_segment_ = 1, next_rid_ = 1;
  std::vector<uint32_t> numbers_;
  std::vector<std::unique_ptr<Segment>> segments_;
  std::vector<IndexDoc> docs_;
};

// A random query of the small language; `depth` levels at most.
inline Node RandomQuery(std::mt19937& random, int depth) {
  const auto below = [&random](uint32_t most) { return static_cast<uint32_t>(random() % most); };
  Node node;
  const uint32_t choice = below(depth > 0 ? 10 : 7);
  switch (choice) {
    case 0:
    case 1:
      node.op = Node::Op::kWord;
      node.exact = true;
      node.text = FoldedWords(WordNumber(below(60)))[0];
      if (below(4) == 0) node.field = Field::kTitle;
      return node;
    case 2:
      node.op = Node::Op::kPhrase;
      node.text = WordNumber(below(4)) + " " + WordNumber(below(6));
      if (below(2) == 0) node.text += " " + WordNumber(below(4));
      return node;
    case 3:
      node.op = Node::Op::kCode;
      node.field = below(2) == 0 ? Field::kKind : Field::kCountry;
      node.codes = {node.field == Field::kKind ? "ACTOR" : "TJ"};
      return node;
    case 4:
      node.op = Node::Op::kDays;
      node.first_day = static_cast<int32_t>(below(300));
      node.last_day = node.first_day + static_cast<int32_t>(below(60));
      return node;
    case 5:
      node.op = Node::Op::kNumber;
      node.least = below(10);
      return node;
    case 6:
      node.op = Node::Op::kBox;
      node.box = {static_cast<int32_t>(below(500)), static_cast<int32_t>(below(500)), 700, 800};
      return node;
    default:
      node.op = choice == 7 ? Node::Op::kOr : Node::Op::kAnd;
      for (uint32_t i = 0; i < 2 + below(2); ++i) node.children.push_back(RandomQuery(random, depth - 1));
      if (choice == 9) {
        Node without;
        without.op = Node::Op::kNot;
        without.children.push_back(RandomQuery(random, depth - 1));
        node.children.push_back(std::move(without));
      }
      return node;
  }
}

}  // namespace daftar::search
