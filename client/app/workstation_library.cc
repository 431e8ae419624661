#include "client/app/workstation_library.h"

namespace daftar::app {
namespace {

constexpr size_t kHits = 60;  // drawn whole, so no more than a short list: see DrawRows
// Whoever types waits no longer than this for an answer.
constexpr int64_t kPatienceMs = 300;

}  // namespace

StatusOr<Home> WorkstationLibrary::ReadHome() {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  return BuildHome(*view, station_.clock().NowMs());
}

StatusOr<List> WorkstationLibrary::ReadList(const std::string& kind, std::optional<int32_t> as_of) {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  ListOptions options;
  options.as_of = as_of;
  return BuildList(*view, kind, options);
}

StatusOr<Page> WorkstationLibrary::ReadPage(const std::string& id, std::optional<int32_t> as_of) {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  PageOptions options;
  options.as_of = as_of;
  return BuildPage(*view, id, options);
}

StatusOr<SearchPage> WorkstationLibrary::Search(const SearchQuestion& question, const std::atomic<bool>& stop) {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  SearchOptions options;
  options.limit = kHits;
  options.kind = question.kind;
  options.sort = question.sort;
  options.facets = true;
  options.stop = &stop;
  if (!question.patient) {
    options.clock = &station_.clock();
    options.patience_ms = kPatienceMs;
  }
  return BuildSearch(*view, question.query, options);
}

StatusOr<SyncFacts> WorkstationLibrary::ReadSyncFacts() { return ::daftar::ReadSyncFacts(station_); }

StatusOr<std::vector<PageLink>> WorkstationLibrary::Suggest(const AccountForm& form, const std::string& field) {
  DAFTAR_ASSIGN_OR_RETURN(auto view, station_.Read());
  return form.Suggestions(*view, field);
}

StatusOr<bool> WorkstationLibrary::Check(AccountForm& form) { return form.Check(station_); }

Status WorkstationLibrary::Submit(AccountForm& form, const std::string& reason) {
  return form.Submit(station_, reason).status();
}

}  // namespace daftar::app
