// Rows that come from the index are those that the records would give: for every record, field by field.
#include <gtest/gtest.h>

#include "client/model/list.h"
#include "client/model/page.h"
#include "client/model/search_model.h"
#include "storage/base/random.h"
#include "storage/log/log_store.h"
#include "storage/view/lmdb_view.h"
#include "storage/view/tidier.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"
#include "tools/gen/load.h"

namespace daftar {
namespace {

// The same dataset without rows: all is made of the records.
class WithoutIndexRows final : public ReadView {
 public:
  explicit WithoutIndexRows(const ReadView& view) : view_(view) {}
  StatusOr<v1::Checkpoint> Head() const override { return view_.Head(); }
  StatusOr<std::optional<Record>> Get(const Uuid& id) const override { return view_.Get(id); }
  StatusOr<std::optional<Kind>> KindOf(const Uuid& id) const override { return view_.KindOf(id); }
  StatusOr<Uuid> Resolve(std::string_view id) const override { return view_.Resolve(id); }
  StatusOr<std::vector<Uuid>> List(Kind kind, size_t limit, bool with_retired) const override {
    return view_.List(kind, limit, with_retired);
  }
  StatusOr<std::vector<Uuid>> Referrers(const Uuid& target, Kind kind, size_t limit) const override {
    return view_.Referrers(target, kind, limit);
  }
  StatusOr<std::map<Kind, uint64_t>> CountByKind() const override { return view_.CountByKind(); }
  StatusOr<SearchResult> Search(const SearchRequest& request) const override {
    SearchRequest own = request;
    own.rows = false;
    return view_.Search(own);
  }
  StatusOr<std::optional<v1::CommitInfo>> CommitOf(Revision revision) const override {
    return view_.CommitOf(revision);
  }
  StatusOr<std::vector<HistoryStep>> History(const Uuid& id) const override { return view_.History(id); }
  StatusOr<ChangedRecords> ChangedSince(Revision revision, size_t limit) const override {
    return view_.ChangedSince(revision, limit);
  }
  StatusOr<Revision> RevisionAt(int64_t ms) const override { return view_.RevisionAt(ms); }

 private:
  const ReadView& view_;
};

void ExpectSame(const ListRow& row, const ListRow& of_record) {
  SCOPED_TRACE(of_record.address);
  EXPECT_EQ(row.id, of_record.id);
  EXPECT_EQ(row.address, of_record.address);
  EXPECT_EQ(row.display_id, of_record.display_id);
  EXPECT_EQ(row.kind, of_record.kind);
  EXPECT_EQ(row.kind_words, of_record.kind_words);
  EXPECT_EQ(row.title, of_record.title);
  EXPECT_EQ(row.date, of_record.date);
  EXPECT_EQ(row.sort_day, of_record.sort_day);
  EXPECT_EQ(row.first_day, of_record.first_day);
  EXPECT_EQ(row.place, of_record.place);
  EXPECT_EQ(row.note, of_record.note);
  EXPECT_EQ(row.why, of_record.why);
  EXPECT_TRUE(row.marks == of_record.marks);
  EXPECT_EQ(row.happened, of_record.happened);
  EXPECT_EQ(row.happened_words, of_record.happened_words);
}

void ExpectSame(const std::vector<ListRow>& rows, const std::vector<ListRow>& of_records) {
  ASSERT_EQ(rows.size(), of_records.size());
  for (size_t i = 0; i < rows.size(); ++i) ExpectSame(rows[i], of_records[i]);
}

void ExpectSameLists(const ReadView& view, const ListOptions& options) {
  const WithoutIndexRows records(view);
  for (const Kind kind : AllKinds()) {
    const StatusOr<List> list = BuildList(view, KindWord(kind), options);
    const StatusOr<List> of_records = BuildList(records, KindWord(kind), options);
    ASSERT_TRUE(list.ok() && of_records.ok());
    ExpectSame(list->rows, of_records->rows);
    EXPECT_EQ(list->more, of_records->more);
  }
}

// Every record that is not retired has a row.
void ExpectARowOfEach(const ReadView& view) {
  for (const Kind kind : AllKinds()) {
    const StatusOr<std::vector<ListedRecord>> listed = view.Rows(kind, 1'000'000);
    ASSERT_TRUE(listed.ok()) << listed.status();
    for (const ListedRecord& record : *listed) EXPECT_TRUE(record.row) << KindWord(kind) << ' ' << record.id.ToString();
  }
}

class SampleRowsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    const auto station = MakeSampleStation(home_->File("station"), clock_, random_);
    const std::vector<v1::OutboxEntry> outbox = station->Outbox().value();
    log_ = LmdbLogStore::Create(home_->File("log"), clock_, random_).value();
    ASSERT_TRUE(log_->Commit(std::span(&outbox.at(0).mutation(), 1)).value().at(0).ok());
    ASSERT_TRUE(TidyAll(log_->view(), clock_, nullptr).ok());
    read_ = log_->view().Snapshot().value();
  }
  static void TearDownTestSuite() {
    read_.reset();
    log_.reset();
    home_.reset();
  }

  static inline FakeClock clock_{1'795'200'000'000};
  static inline SeededRandom random_{1};
  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<LogStore> log_;
  static inline std::unique_ptr<ReadView> read_;
};

TEST_F(SampleRowsTest, TheIndexHasARowOfEachRecord) { ExpectARowOfEach(*read_); }

TEST_F(SampleRowsTest, ListsAreThoseOfTheRecords) { ExpectSameLists(*read_, {.limit = 100'000}); }

TEST_F(SampleRowsTest, ListsWithoutWhatIsOnlyExpectedAreThoseOfTheRecords) {
  ExpectSameLists(*read_, {.limit = 100'000, .happened_only = true});
}

TEST_F(SampleRowsTest, ListsInAnotherLanguageAreThoseOfTheRecords) {
  ExpectSameLists(*read_, {.limit = 100'000, .language = "tg"});
}

TEST_F(SampleRowsTest, HitsAreThoseOfTheRecords) {
  const WithoutIndexRows records(*read_);
  for (const char* query : {"tajik*", "border", "taliban", "darvoz", "kind:relation", "kind:place", "kind:source"}) {
    const SearchPage page = BuildSearch(*read_, query, {.limit = 1000}).value();
    EXPECT_FALSE(page.rows.empty()) << query;
    ExpectSame(page.rows, BuildSearch(records, query, {.limit = 1000}).value().rows);
  }
}

TEST_F(SampleRowsTest, SuggestionsAreThoseOfTheRecords) {
  const WithoutIndexRows records(*read_);
  for (const char* kind : {"actor", "place", "source"}) {
    const auto links = Suggest(*read_, kind, "ta", 50).value(), of_records = Suggest(records, kind, "ta", 50).value();
    ASSERT_EQ(links.size(), of_records.size());
    for (size_t i = 0; i < links.size(); ++i) {
      EXPECT_EQ(links[i].text, of_records[i].text);
      EXPECT_EQ(links[i].address, of_records[i].address);
      EXPECT_EQ(links[i].id, of_records[i].id);
    }
  }
}

TEST_F(SampleRowsTest, SectionsOfPagesAreThoseOfTheRecords) {
  const WithoutIndexRows records(*read_);
  for (const Kind kind : AllKinds()) {
    const std::vector<Uuid> ids = read_->List(kind, 100'000).value();
    for (const Uuid& id : ids) {
      for (const std::optional<int32_t> day : {std::optional<int32_t>(), std::optional<int32_t>(19'000)}) {
        PageOptions options;
        options.as_of = day;
        const Page page = BuildPage(*read_, id.ToString(), options).value();
        const Page of_records = BuildPage(records, id.ToString(), options).value();
        ASSERT_EQ(page.sections.size(), of_records.sections.size());
        for (size_t i = 0; i < page.sections.size(); ++i)
          ExpectSame(page.sections[i].rows, of_records.sections[i].rows);
      }
    }
  }
}

class GeneratedRowsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = std::make_unique<TemporaryFolder>();
    gen::GeneratorOptions options;
    options.incidents = 3000;
    options.seed = 11;
    ASSERT_TRUE(gen::LoadStore(options, home_->File("store"), gen::StoreKind::kServer, nullptr).ok());
    view_ = LmdbView::Open(home_->File("store"), {.map_bytes = 1ull << 32, .create = false}).value();
    ASSERT_TRUE(TidyAll(*view_, clock_, nullptr).ok());
    read_ = view_->Snapshot().value();
  }
  static void TearDownTestSuite() {
    read_.reset();
    view_.reset();
    home_.reset();
  }

  static inline FakeClock clock_{1'795'200'000'000};
  static inline std::unique_ptr<TemporaryFolder> home_;
  static inline std::unique_ptr<LmdbView> view_;
  static inline std::unique_ptr<ReadView> read_;
};

TEST_F(GeneratedRowsTest, TheIndexHasARowOfEachRecord) { ExpectARowOfEach(*read_); }

TEST_F(GeneratedRowsTest, ListsAreThoseOfTheRecords) { ExpectSameLists(*read_, {.limit = 100'000}); }

TEST_F(GeneratedRowsTest, ListsWithRetiredRecordsAreThoseOfTheRecords) {
  ExpectSameLists(*read_, {.limit = 100'000, .with_retired = true});
}

TEST_F(GeneratedRowsTest, RowsStandInTheOrderOfTheList) {
  for (const Kind kind : AllKinds()) {
    const std::vector<Uuid> ids = read_->List(kind, 1000, true).value();
    const std::vector<ListedRecord> rows = read_->Rows(kind, 1000, true).value();
    ASSERT_EQ(rows.size(), ids.size());
    for (size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].id, ids[i]);
  }
}

}  // namespace
}  // namespace daftar
