// The accounts of a page, side by side: see page_parts.h.
#include <algorithm>

#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/lineage.h"
#include "client/model/page_parts.h"
#include "client/model/values.h"
#include "client/model/words.h"
#include "storage/model/parts.h"

namespace daftar {
namespace {

using v1::Attribute;

v1::Reliability::Code ReliabilityOf(const v1::Account& account, Names& names) {
  const Record* source = names.Find(account.source());
  bool known = source != nullptr && source->kind() == v1::RecordKind::SOURCE;
  return known ? source->source().reliability() : v1::Reliability::F_CANNOT_BE_JUDGED;
}

void FillGrade(const v1::Account& account, Names& names, AccountColumn& column) {
  v1::Reliability::Code reliability = ReliabilityOf(account, names);
  column.grade = ReliabilityGrade(reliability) + CredibilityGrade(account.credibility());
  column.grade_words = Say("grade.words", {{"reliability", ReliabilityWords(reliability)},
                                           {"credibility", CredibilityWords(account.credibility())}});
}

AccountColumn ColumnOf(PageWork& work, const v1::Account& account, int number) {
  Names& names = work.names;
  AccountColumn column;
  column.key = account.key();
  column.number = number;
  column.label = names.Label(account.source());
  column.source = names.LinkTo(account.source());
  column.said_by = names.LinkTo(account.said_by());
  column.lineage = AccountLineage(account, names);
  column.root = RootName(account, names);
  FillGrade(account, names, column);
  column.stance = SayCode(v1::Stance::Code_Name(account.stance()));
  column.modality = SayCode(v1::Modality::Code_Name(account.modality()));
  column.wording = account.wording();
  column.wording_lang = account.lang();
  column.summary = account.summary();
  column.note = account.note();
  column.anomaly = account.anomaly();
  column.marking = MarkingWords(account.tlp());
  if (account.has_confidence()) column.confidence = account.confidence();
  column.added = AddedWords(work, kAccountField, account.key());
  column.marks = ClaimMarks(account);
  column.marks.pending = IsWaiting(work, kAccountField, account.key());
  return column;
}

// Labels that several accounts share get the account's number: two accounts of S2 are "S2 #3" and "S2 #4".
void TellApart(std::vector<AccountColumn>& columns) {
  std::map<std::string, int> uses;
  for (const AccountColumn& column : columns) ++uses[column.label];
  for (AccountColumn& column : columns) {
    if (uses[column.label] > 1) column.label += " #" + SayNumber(column.number);
  }
}

// Whether the account's value is more precise than the shown one.
bool IsFiner(PageWork& work, Attribute::Code attribute, const v1::Account& account) {
  const ShownValue* shown = work.shown.find(attribute);
  const v1::Account* best = shown == nullptr ? nullptr : FindAccount(work.record, shown->account);
  if (best == nullptr || best->key() == account.key() || Denies(account)) return false;
  Fit fit = work.names.Take(Compare(work.record.kind(), attribute, *best, account, work.names.Lookup()));
  return fit == Fit::kFiner;
}

AttributeRow RowOf(PageWork& work, Attribute::Code attribute) {
  AttributeRow row{std::string(AttributeWord(attribute)), AttributeLabel(attribute), {}, false, false};
  const ShownValue* shown = work.shown.find(attribute);
  row.disagrees = shown != nullptr && shown->disagrees();
  row.open = shown != nullptr && shown->open();
  for (const v1::Account& account : work.record.accounts()) {
    Cell cell = ValueCell(account, attribute, work.names);
    if (!cell.text.empty()) {
      cell.marks = ClaimMarks(account);
      cell.marks.shown = shown != nullptr && shown->account == account.key();
      for (size_t group = 1; shown != nullptr && group < shown->groups.size(); ++group) {
        const std::vector<uint64_t>& keys = shown->groups[group];
        cell.marks.disagrees = cell.marks.disagrees || std::find(keys.begin(), keys.end(), account.key()) != keys.end();
      }
      cell.marks.open = cell.marks.disagrees && row.open;
      cell.marks.finer = !cell.marks.disagrees && IsFiner(work, attribute, account);
    }
    row.cells.push_back(std::move(cell));
  }
  return row;
}

// That all accounts plainly state the matter is no news.
bool IsWorthARow(const PageWork& work, Attribute::Code attribute) {
  const auto& accounts = work.record.accounts();
  return std::any_of(accounts.begin(), accounts.end(), [&](const v1::Account& account) {
    bool plain = account.stance() == v1::Stance::STATES && account.modality() == v1::Modality::ASSERTED;
    return Says(account, attribute) && (attribute != Attribute::EXISTS || !plain);
  });
}

void FillSeized(const v1::Account& account, int number, Page& page) {
  for (const v1::SeizedItem& item : account.seized()) {
    SeizedRow row;
    row.account = number;
    row.what_code = v1::ItemClass::Code_Name(item.class_());
    row.what = SayCode(row.what_code);
    row.model = item.model();
    row.quantity = QuantityWords(item);
    row.no_number = item.quantity().bound() == v1::Bound::NOT_GIVEN ||
                    !(item.quantity().has_low() || item.quantity().has_best() || item.quantity().has_high());
    row.wording = item.wording().empty() ? item.quantity().wording() : item.wording();
    row.anomaly = item.anomaly();
    page.seized.push_back(std::move(row));
  }
}

void FillRoles(PageWork& work, const v1::Account& account, int number) {
  for (const v1::Role& role : account.role()) {
    PageLink actor = work.names.LinkTo(role.actor());
    std::string words = role.kind() == v1::RoleKind::UNSET ? "" : SayCode(v1::RoleKind::Code_Name(role.kind()));
    auto same = [&](const RoleRow& row) { return row.actor.address == actor.address && row.role == words; };
    auto at = std::find_if(work.page.roles.begin(), work.page.roles.end(), same);
    if (at == work.page.roles.end()) {
      RoleRow row;
      row.actor = std::move(actor);
      row.role = std::move(words);
      if (role.inter() != v1::Inter::UNSET) row.inter = SayCode(v1::Inter::Code_Name(role.inter()));
      row.office = work.names.LinkTo(role.office());
      row.wording = role.wording();
      at = work.page.roles.insert(work.page.roles.end(), std::move(row));
    }
    if (std::find(at->accounts.begin(), at->accounts.end(), number) == at->accounts.end()) {
      at->accounts.push_back(number);
    }
  }
}

}  // namespace

int NumberOf(const Page& page, uint64_t key) {
  for (const AccountColumn& column : page.accounts) {
    if (column.key == key) return column.number;
  }
  return 0;
}

std::string LabelsOf(const Page& page, const std::vector<uint64_t>& keys) {
  std::vector<std::string> labels;
  for (uint64_t key : keys) {
    int number = NumberOf(page, key);
    if (number > 0) labels.push_back(page.accounts[static_cast<size_t>(number) - 1].label);
  }
  return SayList(labels);
}

void FillAccounts(PageWork& work) {
  Page& page = work.page;
  for (const v1::Account& account : work.record.accounts()) {
    int number = static_cast<int>(page.accounts.size()) + 1;
    page.accounts.push_back(ColumnOf(work, account, number));
    FillSeized(account, number, page);
    FillRoles(work, account, number);
  }
  TellApart(page.accounts);
  size_t at = 0;
  for (const v1::Account& account : work.record.accounts()) {
    for (uint64_t key : account.contradicts()) {
      if (int number = NumberOf(page, key); number > 0) page.accounts[at].contradicts.push_back(number);
    }
    ++at;
  }
  for (RoleRow& role : page.roles) {
    std::vector<std::string> labels;
    for (int number : role.accounts) labels.push_back(page.accounts[static_cast<size_t>(number) - 1].label);
    role.who = SayList(labels, Joint::kComma);
  }
  for (Attribute::Code attribute : AllAttributes()) {
    if (IsWorthARow(work, attribute)) page.rows.push_back(RowOf(work, attribute));
  }
}

}  // namespace daftar
