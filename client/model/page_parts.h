// The steps of building a page, for this folder alone. They run in the order in which they stand here; each fills its
// part of the page and may use what those before it filled.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/model/names.h"
#include "client/model/page.h"
#include "storage/model/shown.h"
#include "storage/view/read_view.h"

namespace daftar {

struct PageWork {
  const Record& record;
  const PageOptions& options;
  Names& names;
  const Shown shown;
  const std::vector<HistoryStep> history;  // newest first
  Page& page;
};

// Accounts as columns, attributes as rows, seized things, roles.
void FillAccounts(PageWork& work);
// What contradicts what, by values and by an editor's judgement.
void FillDisagreements(PageWork& work);
// The sources, numbered in the order in which the accounts name them.
void FillSources(PageWork& work);
// The head of the page: shown values, then fields of the record.
void FillFacts(PageWork& work);
// Lists of related records.
void FillRelated(PageWork& work);
// What is drawn: casualties, lineage, years, calendar.
void FillFigures(PageWork& work);
// The steps of the history, in words.
void FillHistory(PageWork& work);
// Comments, proposals and judgements whether an actor is another.
void FillReview(PageWork& work);

// The number of the account on the page, 1, 2 …; 0 if there is none with that key.
int NumberOf(const Page& page, uint64_t key);
// "S0 and S1": the labels of those accounts, each once.
std::string LabelsOf(const Page& page, const std::vector<uint64_t>& keys);
// "added by Amina, 20 Nov 2026 19:30, revision 12"; "waiting to be sent"; empty if that is not known here.
std::string AddedWords(const PageWork& work, uint32_t field, uint64_t key);
// Whether the part waits in the outbox.
bool IsWaiting(const PageWork& work, uint32_t field, uint64_t key);

}  // namespace daftar
