// Pages, lists and searches as plain text of a given width: what the command line prints and the window's text mirror
// reads. No colour codes. Disagreements carry "≠" and words, so that no meaning rests on looks.
#pragma once

#include <cstddef>
#include <string>

namespace daftar {

struct ChangesPage;
struct Graph;
struct Home;
struct KeysPage;
struct List;
struct MapPage;
struct MinePage;
struct OwnHome;
struct OwnPart;
struct Page;
struct RecordHistory;
struct SavedPage;
struct SearchPage;
struct SyncPill;
struct Timeline;

struct TextOptions {
  size_t width = 80;    // columns of the terminal; at least 40 are used
  bool ids = true;      // display ids after names
  bool columns = true;  // accounts side by side while each has room; else one below the other, as it is read aloud
};

// An account has room with 20 columns.
std::string PageAsText(const Page& page, const TextOptions& options);
std::string ListAsText(const List& list, const TextOptions& options);
std::string SearchAsText(const SearchPage& search, const TextOptions& options);
std::string ChangesAsText(const ChangesPage& page, const TextOptions& options);
std::string MineAsText(const MinePage& page, const TextOptions& options);
std::string SavedAsText(const SavedPage& page, const TextOptions& options);
std::string RecordHistoryAsText(const RecordHistory& page, const TextOptions& options);
std::string GraphAsText(const Graph& graph, const TextOptions& options);
std::string KeysAsText(const KeysPage& page);
std::string MapAsText(const MapPage& page, const TextOptions& options);
std::string HomeAsText(const Home& home, const TextOptions& options);
std::string TimelineAsText(const Timeline& timeline, const TextOptions& options);
std::string SyncAsText(const SyncPill& pill, const TextOptions& options);

}  // namespace daftar
