// The head of a page, its disagreements and its sources: see page_parts.h.
#include <algorithm>

#include "client/language/countries.h"
#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/lineage.h"
#include "client/model/page_parts.h"
#include "client/model/rows.h"
#include "client/model/values.h"
#include "client/model/words.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using v1::Attribute;

// Longer lists of seized things are counted in the head; their lines stand in a table of their own.
constexpr int kMostSeizedInHead = 3;

// The value of the group's first account, which is the best of it.
Cell GroupCell(PageWork& work, Attribute::Code attribute, const std::vector<uint64_t>& group) {
  const v1::Account* account = FindAccount(work.record, group.front());
  return account == nullptr ? Cell{} : ValueCell(*account, attribute, work.names);
}

std::string RootsOfGroup(PageWork& work, const std::vector<uint64_t>& group) {
  if (group.size() < 2) return "";
  std::vector<const v1::Account*> accounts;
  for (uint64_t key : group) accounts.push_back(FindAccount(work.record, key));
  std::erase(accounts, nullptr);
  RootCount roots = work.names.Take(CountRoots(accounts, work.names.Lookup()));
  return roots.roots_at_most == 1 ? Say("page.one_root") : Say("page.roots_at_most", {{"count", roots.roots_at_most}});
}

// Whether a group of accounts denies the matter or states it.
bool IsDenied(const PageWork& work, const std::vector<uint64_t>& keys) {
  const v1::Account* account = FindAccount(work.record, keys.front());
  return account != nullptr && Denies(*account);
}

std::string ClaimWord(const PageWork& work, const std::vector<uint64_t>& keys) {
  return Say(IsDenied(work, keys) ? "page.denied" : "page.stated");
}

Disagreement::Group GroupOf(PageWork& work, Attribute::Code attribute, const std::vector<uint64_t>& keys) {
  Disagreement::Group group;
  group.value = attribute == Attribute::EXISTS ? ClaimWord(work, keys) : GroupCell(work, attribute, keys).text;
  for (uint64_t key : keys) group.accounts.push_back(NumberOf(work.page, key));
  group.who = LabelsOf(work.page, keys);
  if (std::string roots = RootsOfGroup(work, keys); !roots.empty()) {
    group.who = Say("page.who_roots", {{"who", group.who}, {"roots", roots}});
  }
  return group;
}

std::string SentenceOf(const Disagreement& disagreement) {
  std::vector<std::string> values;
  for (const Disagreement::Group& group : disagreement.groups) {
    values.push_back(group.value.empty() ? group.who
                                         : Say("page.value_by", {{"value", group.value}, {"who", group.who}}));
  }
  const bool asks = disagreement.attribute == AttributeWord(Attribute::EXISTS);
  return Say(asks ? "page.question" : "page.disagreement",
             {{"label", disagreement.label},
              {"values", Join(values, " ≠ ")},
              {"state", disagreement.open ? Say("page.open") : disagreement.settled}});
}

// Whether some disagreement already sets the two accounts apart.
bool SetApart(const Page& page, int a, int b) {
  auto holds = [](const Disagreement::Group& group, int number) {
    return std::find(group.accounts.begin(), group.accounts.end(), number) != group.accounts.end();
  };
  return std::any_of(page.disagreements.begin(), page.disagreements.end(), [&](const Disagreement& disagreement) {
    return std::any_of(disagreement.groups.begin(), disagreement.groups.end(),
                       [&](const Disagreement::Group& group) { return holds(group, a) != holds(group, b); }) &&
           std::any_of(disagreement.groups.begin(), disagreement.groups.end(),
                       [&](const Disagreement::Group& group) { return holds(group, a); }) &&
           std::any_of(disagreement.groups.begin(), disagreement.groups.end(),
                       [&](const Disagreement::Group& group) { return holds(group, b); });
  });
}

void AddJudged(Page& page, const AccountColumn& column) {
  std::vector<int> others;
  std::vector<std::string> labels;
  for (int number : column.contradicts) {
    if (SetApart(page, column.number, number)) continue;
    others.push_back(number);
    labels.push_back(page.accounts[static_cast<size_t>(number) - 1].label);
  }
  if (others.empty()) return;
  Disagreement judged{"judged", Say("page.judged"), {}, true, "", ""};
  judged.groups.push_back({"", {column.number}, column.label});
  judged.groups.push_back({"", others, SayList(labels)});
  judged.words = SentenceOf(judged);
  page.disagreements.push_back(std::move(judged));
}

// "stated by S4 and S0; denied by S3".
std::string ClaimsWords(const PageWork& work, const ShownValue& shown) {
  std::vector<std::string> claims;
  for (const auto& group : shown.groups) {
    const char* claim = IsDenied(work, group) ? "page.denied_by" : "page.stated_by";
    claims.push_back(Say(claim, {{"who", LabelsOf(work.page, group)}}));
  }
  return SayList(claims, Joint::kSemicolon);
}

Cell ShownCell(PageWork& work, const ShownValue& shown, const v1::Account& account) {
  if (shown.attribute == Attribute::PLACE && !shown.open()) return PlaceChain(account.place(), work.names);
  if (shown.attribute == Attribute::SEIZED && account.seized_size() > kMostSeizedInHead) {
    return {Say("page.seized_lines", {{"count", account.seized_size()}}), {}, {}, ""};
  }
  if (!shown.open()) return ValueCell(account, shown.attribute, work.names);

  if (shown.attribute == Attribute::DATE) {
    std::vector<v1::FuzzyDate> dates;
    for (const auto& group : shown.groups) dates.push_back(FindAccount(work.record, group.front())->date());
    return {DatesInDoubt(dates), {}, {}, ""};
  }
  if (shown.attribute == Attribute::EXISTS) return {ClaimsWords(work, shown), {}, {}, ""};
  Cell joined;
  for (const auto& group : shown.groups) {
    Cell value = GroupCell(work, shown.attribute, group);
    if (!joined.text.empty()) Append(joined, SayJoint(Joint::kOr));
    Append(joined, value.text);
    joined.links.insert(joined.links.end(), value.links.begin(), value.links.end());
  }
  return joined;
}

std::string SayRule(ShownRule rule) {
  switch (rule) {
    case ShownRule::kOnly:
      return Say("rule.only");
    case ShownRule::kAgreed:
      return Say("rule.agreed");
    case ShownRule::kChoice:
      return Say("rule.choice");
    case ShownRule::kCredibility:
      return Say("rule.credibility");
    case ShownRule::kReliability:
      return Say("rule.reliability");
    case ShownRule::kRoots:
      return Say("rule.roots");
    case ShownRule::kNewest:
      return Say("rule.newest");
    case ShownRule::kFirst:
      break;
  }
  return Say("rule.first");
}

void AddShown(PageWork& work, const ShownValue& shown) {
  const v1::Account* account = FindAccount(work.record, shown.account);
  if (account == nullptr) return;
  Fact fact;
  fact.attribute = AttributeWord(shown.attribute);
  fact.label = AttributeLabel(shown.attribute);
  fact.value = ShownCell(work, shown, *account);
  fact.value.marks.disagrees = shown.disagrees();
  fact.value.marks.open = shown.open();
  fact.how = SayRule(shown.rule);
  if (shown.rule != ShownRule::kAgreed) {
    fact.how = Say("rule.of", {{"rule", fact.how}, {"who", LabelsOf(work.page, {shown.account})}});
  }
  fact.reason = shown.reason;
  if (shown.disagrees()) {
    fact.disagreement =
        Say(shown.open() ? "page.values_open" : "page.values_settled", {{"count", shown.groups.size()}});
  }
  work.page.facts.push_back(std::move(fact));
}

// Whether the head shows the attribute: not that nobody denies the matter; not the roles, which have a table; not one
// of the periods or places of a relation, whose accounts each say what they knew and stand together in "label.held".
bool BelongsInHead(const PageWork& work, const ShownValue& shown) {
  switch (shown.attribute) {
    case Attribute::EXISTS:
      return shown.disagrees();
    case Attribute::ROLES:
      return false;
    case Attribute::PERIOD:
    case Attribute::PLACE:
      return work.record.kind() != v1::RecordKind::RELATION;
    default:
      return true;
  }
}

// `label` is the key of a message.
void AddField(Page& page, std::string_view label, const PageLink& link) {
  if (link.empty()) return;
  Fact fact;
  fact.label = Say(label);
  Append(fact.value, link);
  page.facts.push_back(std::move(fact));
}

void AddField(Page& page, std::string_view label, const std::string& text) {
  if (text.empty()) return;
  Fact fact;
  fact.label = Say(label);
  fact.value.text = text;
  page.facts.push_back(std::move(fact));
}

void AddCell(Page& page, std::string_view label, Cell cell) {
  if (cell.text.empty()) return;
  Fact fact;
  fact.label = Say(label);
  fact.value = std::move(cell);
  page.facts.push_back(std::move(fact));
}

template <typename Ids>
Cell LinksCell(const Ids& ids, Names& names) {
  Cell cell;
  for (const std::string& id : ids) {
    if (!cell.text.empty()) Append(cell, SayJoint(Joint::kSemicolon));
    Append(cell, names.LinkTo(id));
  }
  return cell;
}

void AddSourceFields(PageWork& work, const v1::Source& source) {
  Page& page = work.page;
  AddField(page, "label.author", source.author().empty() ? Say("page.not_named") : source.author());
  AddField(
      page, "label.publisher",
      source.publisher().empty() ? PageLink{Say("page.not_named"), "", ""} : work.names.LinkTo(source.publisher()));
  AddField(page, "label.published",
           HasDate(source.published()) ? SayDate(source.published()) : Say("page.date_not_given"));
  AddField(page, "label.reliability",
           Say("page.reliability",
               {{"grade", ReliabilityGrade(source.reliability())}, {"words", ReliabilityWords(source.reliability())}}));
  Cell lineage = SourceLineage(source, work.names);
  if (lineage.text.empty()) lineage.text = Say("page.lineage_not_known");
  AddCell(page, "label.rests_on", std::move(lineage));
  if (source.scale() != v1::SourceScale::UNSET) {
    AddField(page, "label.reach", SayCode(v1::SourceScale::Code_Name(source.scale())));
  }
  AddField(page, "label.language", source.lang().empty() ? "" : SayLanguage(source.lang()));
  AddField(page, "label.address", source.url());
}

void AddAlertFields(PageWork& work, const v1::AlertPeriod& alert) {
  AddCell(work.page, "label.areas", LinksCell(alert.area(), work.names));
  AddField(work.page, "label.declared_by", work.names.LinkTo(alert.declared_by()));
  AddField(work.page, "label.level_as_named", alert.scale_name());
  AddField(work.page, "label.declaration", work.names.LinkTo(alert.incident()));
  AddCell(work.page, "label.reasons", LinksCell(alert.reason(), work.names));
}

void AddRecordFields(PageWork& work) {
  Page& page = work.page;
  Names& names = work.names;
  switch (work.record.kind()) {
    case v1::RecordKind::INCIDENT:
      AddField(page, "label.part_of", names.LinkTo(work.record.incident().parent()));
      break;
    case v1::RecordKind::ACTOR:
      AddField(page, "label.country", SayCountry(work.record.actor().country()));
      AddField(page, "label.part_of", names.LinkTo(work.record.actor().parent()));
      break;
    case v1::RecordKind::PLACE:
      AddCell(page, "label.lies_in", PlaceChain(work.record.place().parent(), names));
      AddField(page, "label.country", SayCountry(work.record.place().country()));
      break;
    case v1::RecordKind::SOURCE:
      AddSourceFields(work, work.record.source());
      break;
    case v1::RecordKind::RELATION:
      AddField(page, "label.from", names.LinkTo(work.record.relation().from()));
      AddField(page, "label.relation", RelationWords(work.record.relation().type(), work.record.relation().negated()));
      AddField(page, "label.to", names.LinkTo(work.record.relation().to()));
      AddField(page, "label.held", RelationNote(work.record, work.options.as_of, names));
      break;
    default:
      AddAlertFields(work, work.record.alert_period());
      break;
  }
}

std::string CitationText(const Citation& citation) {
  std::vector<std::string> who;
  if (!citation.author.empty()) who.push_back(citation.author);
  if (!citation.publisher.empty()) who.push_back(citation.publisher.text);
  std::string text = who.empty() ? "" : SayList(who, Joint::kComma) + ": ";
  text += citation.title + ". " + (citation.date.empty() ? Say("page.citation_undated") : citation.date) + ".";
  if (!citation.url.empty()) text += " " + citation.url;
  return text + " [" + citation.grade + "]";
}

Citation Cite(const Record& record, int number, Names& names) {
  const v1::Source& source = record.source();
  Citation citation;
  citation.number = number;
  citation.source = names.LinkTo(record);
  citation.author = source.author();
  citation.title = DisplayName(record, names.language());
  if (HasDate(source.published())) citation.date = SayDate(source.published());
  citation.url = source.url();
  citation.type = SortWords(record);
  citation.publisher = names.LinkTo(source.publisher());
  citation.grade = ReliabilityGrade(source.reliability());
  citation.grade_words = ReliabilityWords(source.reliability());
  citation.lineage = SourceLineage(source, names);
  citation.text = CitationText(citation);
  return citation;
}

}  // namespace

void FillDisagreements(PageWork& work) {
  for (const ShownValue& shown : work.shown.values) {
    if (!shown.disagrees()) continue;
    Disagreement disagreement;
    disagreement.attribute = AttributeWord(shown.attribute);
    disagreement.label = AttributeLabel(shown.attribute);
    for (const auto& group : shown.groups) disagreement.groups.push_back(GroupOf(work, shown.attribute, group));
    disagreement.open = shown.open();
    if (!disagreement.open) disagreement.settled = Say("page.settled_because", {{"reason", shown.reason}});
    disagreement.words = SentenceOf(disagreement);
    work.page.disagreements.push_back(std::move(disagreement));
  }
  for (const AccountColumn& column : work.page.accounts) AddJudged(work.page, column);
}

void FillSources(PageWork& work) {
  Page& page = work.page;
  size_t at = 0;
  for (const v1::Account& account : work.record.accounts()) {
    AccountColumn& column = page.accounts[at++];
    const Record* source = work.names.Find(account.source());
    if (source == nullptr || source->kind() != v1::RecordKind::SOURCE) continue;
    auto cited = std::find_if(page.sources.begin(), page.sources.end(), [&](const Citation& citation) {
      return citation.source.address == column.source.address;
    });
    if (cited == page.sources.end()) {
      int number = static_cast<int>(page.sources.size()) + 1;
      cited = page.sources.insert(page.sources.end(), Cite(*source, number, work.names));
    }
    column.citation = cited->number;
  }
}

void FillFacts(PageWork& work) {
  for (const ShownValue& shown : work.shown.values) {
    if (BelongsInHead(work, shown)) AddShown(work, shown);
  }
  AddRecordFields(work);

  const RootCount& roots = work.shown.roots;
  work.page.articles = roots.articles;
  work.page.roots_at_most = roots.roots_at_most;
  work.page.roots_at_least = roots.roots_at_least;
  if (roots.articles == 0) return;
  // More than one root are never certain: texts may rest on each other without saying so.
  work.page.roots = Say(roots.roots_at_most == 1 ? "page.told_by_one" : "page.told_by",
                        {{"articles", roots.articles}, {"roots", roots.roots_at_most}});
}

}  // namespace daftar
