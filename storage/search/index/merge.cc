#include "storage/search/index/merge.h"

#include <algorithm>
#include <map>

namespace daftar::search {
namespace {

constexpr uint32_t kGone = UINT32_MAX;

// The values of a column, document by document, upwards.
template <typename Half>
class ColumnWalk {
 public:
  using Read = std::function<StatusOr<std::string_view>(uint32_t block)>;
  explicit ColumnWalk(Read read) : read_(std::move(read)) {}

  // Calls visit(first, second) for the values of the document. REQUIRES: ascending.
  template <typename Visit>
  Status ValuesOf(uint32_t doc, Visit visit) {
    if (const uint32_t block = doc / kColumnDocs; block != block_) {
      block_ = block;
      values_.clear();
      next_ = 0;
      DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, read_(block));
      if (!bytes.empty() && !ForEachValue<Half>(bytes, [this](uint16_t at, Half first, Half second) {
            values_.push_back({at, first, second});
          })) {
        return DataLoss("a column of the text index is damaged");
      }
    }
    const uint16_t wanted = static_cast<uint16_t>(doc % kColumnDocs);
    while (next_ < values_.size() && values_[next_].doc < wanted) ++next_;
    for (; next_ < values_.size() && values_[next_].doc == wanted; ++next_) {
      visit(values_[next_].first, values_[next_].second);
    }
    return OkStatus();
  }

 private:
  struct Value {
    uint16_t doc;
    Half first, second;
  };
  const Read read_;
  uint32_t block_ = UINT32_MAX;
  std::vector<Value> values_;
  size_t next_ = 0;
};

// One of the segments that are merged.
struct Input {
  explicit Input(const Segment& from)
      : segment(&from),
        spans([&from](uint32_t block) { return from.Spans(block); }),
        points([&from](uint32_t block) { return from.Points(block); }),
        terms(from.Terms()) {
    for (uint32_t metric = 0; metric < kMetrics; ++metric) {
      numbers.emplace_back([&from, metric](uint32_t block) { return from.Numbers(metric, block); });
    }
  }

  const Segment* segment;
  std::vector<uint32_t> new_number;  // of each document, or kGone
  std::vector<uint32_t> new_facet;   // of each facet value
  ColumnWalk<int32_t> spans, points;
  std::vector<ColumnWalk<float>> numbers;
  DictionaryCursor terms;
};

// A document in its new place.
struct Place {
  int32_t day;
  uint32_t rid;
  uint32_t input, doc;
};

Status ListValid(const Segment& segment, uint32_t input, std::vector<Place>& places) {
  DocSet deleted;
  for (uint32_t doc = 0; doc < segment.docs(); ++doc) {
    if (doc % kChunkDocs == 0) {
      DAFTAR_ASSIGN_OR_RETURN(deleted, segment.Deleted(doc / kChunkDocs));
    }
    if (deleted.Has(static_cast<uint16_t>(doc % kChunkDocs))) continue;
    DAFTAR_ASSIGN_OR_RETURN(const uint32_t rid, segment.RidOf(doc));
    places.push_back({segment.header().DayOf(doc), rid, input, doc});
  }
  return OkStatus();
}

class Merger {
 public:
  Merger(std::span<const Segment* const> segments, const std::function<bool()>& go_on) : go_on_(go_on) {
    inputs_.reserve(segments.size());
    for (const Segment* segment : segments) inputs_.emplace_back(*segment);
  }

  StatusOr<SegmentHeader> Run(BlockSink& sink, uint32_t segment) {
    std::vector<Place> places;
    for (uint32_t i = 0; i < inputs_.size(); ++i) {
      // Listed first: a damaged head cannot ask for more memory than there are documents.
      DAFTAR_RETURN_IF_ERROR(ListValid(*inputs_[i].segment, i, places));
      inputs_[i].new_number.assign(inputs_[i].segment->docs(), kGone);
    }
    std::sort(places.begin(), places.end(),
              [](const Place& a, const Place& b) { return std::pair(a.day, a.rid) > std::pair(b.day, b.rid); });
    for (uint32_t number = 0; number < places.size(); ++number) {
      inputs_[places[number].input].new_number[places[number].doc] = number;
    }
    DAFTAR_RETURN_IF_ERROR(JoinFacets());
    SegmentWriter writer(sink, segment, static_cast<uint32_t>(places.size()));
    DAFTAR_RETURN_IF_ERROR(WriteDocs(writer, places));
    DAFTAR_RETURN_IF_ERROR(WriteTerms(writer));
    return writer.Finish(facet_names_);
  }

 private:
  Status GoOn() const {
    return go_on_ == nullptr || go_on_() ? OkStatus() : Cancelled("joining segments of the text index was stopped");
  }

  Status JoinFacets() {
    std::map<std::string, uint32_t> numbers;
    for (Input& input : inputs_) {
      DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> names, input.segment->FacetNames());
      for (const std::string& name : names) {
        const auto [at, added] = numbers.try_emplace(name, static_cast<uint32_t>(facet_names_.size()));
        if (added) facet_names_.push_back(name);
        input.new_facet.push_back(at->second);
      }
    }
    return OkStatus();
  }

  Status WriteDocs(SegmentWriter& writer, const std::vector<Place>& places) {
    std::vector<IndexDoc::Span> spans;
    std::vector<IndexDoc::Point> points;
    std::vector<NumberRange> numbers;
    std::vector<uint32_t> facets;
    for (const Place& place : places) {
      if (&place - places.data() != 0 && (&place - places.data()) % kColumnDocs == 0) DAFTAR_RETURN_IF_ERROR(GoOn());
      Input& input = inputs_[place.input];
      spans.clear();
      points.clear();
      numbers.clear();
      facets.clear();
      DAFTAR_RETURN_IF_ERROR(input.spans.ValuesOf(place.doc, [&](int32_t first, int32_t last) {
        spans.push_back({first, last});
      }));
      DAFTAR_RETURN_IF_ERROR(input.points.ValuesOf(place.doc, [&](int32_t lat, int32_t lon) {
        points.push_back({lat, lon});
      }));
      for (uint8_t metric = 0; metric < kMetrics; ++metric) {
        DAFTAR_RETURN_IF_ERROR(input.numbers[metric].ValuesOf(place.doc, [&](float low, float high) {
          numbers.push_back({metric, low, high});
        }));
      }
      DAFTAR_ASSIGN_OR_RETURN(const StoredList old_facets, input.segment->FacetsOf(place.doc));
      for (size_t i = 0; i < old_facets.size(); ++i) facets.push_back(input.new_facet[old_facets[i]]);
      std::sort(facets.begin(), facets.end());
      DAFTAR_ASSIGN_OR_RETURN(const std::string_view row, input.segment->RowOf(place.doc));
      DAFTAR_RETURN_IF_ERROR(writer.AddDoc({place.rid, place.day, spans, numbers, points, facets, row}));
    }
    return OkStatus();
  }

  Status WriteTerms(SegmentWriter& writer) {
    for (Input& input : inputs_) DAFTAR_RETURN_IF_ERROR(input.terms.Seek(""));
    for (uint64_t terms = 1;; ++terms) {
      if (terms % 1024 == 0) DAFTAR_RETURN_IF_ERROR(GoOn());
      const Input* least = nullptr;
      for (const Input& input : inputs_) {
        if (input.terms.valid() && (least == nullptr || input.terms.term() < least->terms.term())) least = &input;
      }
      if (least == nullptr || least->terms.term()[0] > term_class::kWord) return OkStatus();
      DAFTAR_RETURN_IF_ERROR(WriteTerm(writer, std::string(least->terms.term())));
    }
  }

  Status WriteTerm(SegmentWriter& writer, const std::string& term) {
    entries_.clear();
    places_.clear();
    const bool word = term[0] == term_class::kWord;
    std::vector<size_t> runs{0};
    for (Input& input : inputs_) {
      if (!input.terms.valid() || input.terms.term() != term) continue;
      DAFTAR_RETURN_IF_ERROR(Collect(input, word));
      DAFTAR_RETURN_IF_ERROR(input.terms.Next());
      runs.push_back(entries_.size());
    }
    const auto by_doc = [](const Entry& a, const Entry& b) { return a.posting.doc < b.posting.doc; };
    for (size_t run = 2; run < runs.size(); ++run) {
      const auto begin = entries_.begin();
      std::inplace_merge(begin, begin + static_cast<long>(runs[run - 1]), begin + static_cast<long>(runs[run]), by_doc);
    }
    if (entries_.empty()) return OkStatus();
    if (!word) {
      docs_.clear();
      for (const Entry& entry : entries_) docs_.push_back(entry.posting.doc);
      return writer.AddFilter(term, docs_);
    }
    words_.clear();
    for (const Entry& entry : entries_) {
      words_.push_back({entry.posting, std::string_view(places_).substr(entry.places_at, entry.places_size)});
    }
    return writer.AddWord(std::string_view(term).substr(1), words_);
  }

  // Appends the term's entries of one input to entries_, under their new numbers.
  Status Collect(Input& input, bool word) {
    const TermRef& ref = input.terms.ref();
    PostingsCursor postings = input.segment->Postings(ref);
    PositionsCursor positions = input.segment->Positions(ref);
    while (true) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> chunk, postings.Next());
      if (!chunk) return OkStatus();
      DAFTAR_ASSIGN_OR_RETURN(const ChunkPostings* levels, postings.Load());
      DAFTAR_RETURN_IF_ERROR(postings.LoadLevels());
      if (word) DAFTAR_RETURN_IF_ERROR(positions.Seek(*chunk));
      levels->Flatten(flat_);
      for (uint32_t rank = 0; rank < flat_.size(); ++rank) {
        const uint64_t doc = uint64_t{*chunk} * kChunkDocs + flat_[rank].doc;
        if (doc >= input.new_number.size()) return DataLoss("the text index names a document that is not there");
        Entry entry{{input.new_number[doc], flat_[rank].level}, places_.size(), 0};
        if (entry.posting.doc == kGone) continue;
        if (word) {
          DAFTAR_ASSIGN_OR_RETURN(const std::string_view coded, positions.Coded(rank));
          places_ += coded;
          entry.places_size = coded.size();
        }
        entries_.push_back(entry);
      }
    }
  }

  struct Entry {
    Posting posting;
    size_t places_at, places_size;
  };

  std::vector<Input> inputs_;
  const std::function<bool()>& go_on_;
  std::vector<std::string> facet_names_;
  std::vector<Posting> flat_;
  std::vector<Entry> entries_;
  std::string places_;
  std::vector<uint32_t> docs_;
  std::vector<WordEntry> words_;
};

}  // namespace

StatusOr<SegmentHeader> MergeSegments(std::span<const Segment* const> inputs, BlockSink& sink, uint32_t segment,
                                      const std::function<bool()>& go_on) {
  return Merger(inputs, go_on).Run(sink, segment);
}

StatusOr<uint32_t> CountValid(const Segment& segment) {
  uint32_t valid = segment.docs();
  for (uint32_t chunk = 0; chunk < segment.header().chunks(); ++chunk) {
    DAFTAR_ASSIGN_OR_RETURN(const DocSet deleted, segment.Deleted(chunk));
    valid -= deleted.size();
  }
  return valid;
}

}  // namespace daftar::search
