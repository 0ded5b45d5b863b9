"""Customers change hands: given, accepted or declined, shared, released and claimed."""

from __future__ import annotations

from datetime import timedelta

from core.bus import perform
from core.follow_ups import PlanFollowUp
from core.pool import SetPoolRule
from storage.models import Assignment, Collaboration, Customer, FollowUp, Staff
from tests.support.town import Town


async def promised(town: Town, firm: str = "C001", number: str = "1001") -> int:
    acting = await town.bank.acting(number, town.clock.now())
    due_at = town.clock.now() + timedelta(hours=5)
    command = PlanFollowUp(town.bank.customers[firm], due_at, purpose="送合同")
    return int(await perform(acting, command, f"test:{firm}"))


async def opens(town: Town, number: str, page: str, *args: object) -> str:
    """Open a page as its button would; what pops up."""
    phone = town.phone(number)
    await phone.says("/today")
    words = ":".join(["o", page, *map(str, args)])
    answer = await phone.presses_raw(phone.last.message_id, words)
    return answer.text or ""


async def test_a_leader_gives_a_customer_on_and_the_new_owner_accepts(town: Town) -> None:
    li, chen, wang = town.phone("1001"), town.phone("1002"), town.phone("1003")
    follow_up, customer = await promised(town), town.bank.customers["C001"]
    await wang.says("华兴机械")
    await wang.presses("🏦 我行")
    await wang.presses("🔑 管户")
    await wang.sees("李伟")
    await wang.presses("🔁 改派…")
    await wang.sees("由谁接手？")
    assert "陈静 · 1 户" in wang.buttons()
    await wang.presses("陈静")
    await wang.sees("原因是？")
    await wang.presses("负荷调整")
    await wang.sees("1 项移交")
    await wang.presses("保存")
    await wang.sees("已改派给陈静")
    await town.settles()
    await chen.sees("1 户现由您管户，来自李伟")
    await chen.sees("负荷调整")
    await chen.sees("1 项跟进一并移交")
    await li.sees("已由陈静接手")
    await chen.presses("📋 交接包")
    await chen.sees("原管户：李伟")
    await chen.sees("送合同")
    assert "没有找到" in await opens(town, "1001", "profile", customer)
    assert (await FollowUp.get(id=follow_up)).owner_id == town.bank.staff["1002"]
    assert (await Customer.get(id=customer)).owner_id == town.bank.staff["1002"]
    given = await Assignment.get(customer_id=customer)
    assert (given.kind, given.reason, given.by_id) == (
        "reassign", "workload", town.bank.staff["1003"],
    )  # fmt: skip
    await chen.presses_raw(chen.last.message_id, f"r:accept:{given.id}")
    await chen.sees("✅ 已接收 1 户")
    await wang.sees("陈静已接收")
    await town.at(14, 30)
    await chen.sees("今天 15:00")
    assert not li.contains("⏰ 今天 15:00")


async def test_the_same_in_english_and_declined(english_town: Town) -> None:
    town = english_town
    chen, wang = town.phone("1002"), town.phone("1003")
    await promised(town)
    await wang.says("Huaxing Machinery")
    await wang.presses("🏦 Ours")
    await wang.presses("🔑 In charge")
    await wang.presses("🔁 Give to…")
    await wang.sees("Who takes it over?")
    await wang.presses("Chen Jing")
    await wang.presses("Other reason")
    await wang.sees("Please say the reason in a few words.")
    await wang.says("they went to school together")
    await wang.sees("1 goes along")
    await wang.presses("Follow-ups")
    await wang.sees("What is left out?")
    await wang.presses("✓")
    await wang.presses("✓ Done")
    await wang.sees("0 go along, 1 left out")
    await wang.presses("Save")
    await wang.sees("is with Chen Jing now")
    await chen.sees("is yours now, from Li Wei")
    assert (await FollowUp.first()).status == "cancelled"
    await chen.presses("Can't take it…")
    await chen.says("I have 200 already")
    await chen.sees("Your leader knows")
    await wang.sees("Chen Jing can't take Shanghai Huaxing Machinery")
    await wang.sees("I have 200 already")
    await wang.presses("Give to…")
    await wang.sees("Who takes it over?")


async def test_what_is_not_accepted_in_time_is_told_to_who_gave_it(town: Town) -> None:
    wang = town.phone("1003")
    await wang.says("华兴机械")
    await wang.presses("🏦 我行")
    await wang.presses("🔑 管户")
    await wang.presses("🔁 改派…")
    await wang.presses("陈静")
    await wang.presses("负荷调整")
    await wang.presses("保存")
    await town.at(17, 0, days=1)
    assert not wang.contains("尚未接收")
    await town.at(18, 5)
    await wang.sees("陈静尚未接收 1 户")
    await town.at(19, 0)
    assert sum("尚未接收" in message.text for message in wang.messages) == 1


async def test_two_leaders_at_once_do_not_split_a_customer(town: Town) -> None:
    wang, zhou = town.phone("1003"), town.phone("1006")
    customer = town.bank.customers["C001"]
    for boss, name in ((wang, "陈静"), (zhou, "冯涛")):
        await boss.says("华兴机械")
        await boss.presses("🏦 我行")
        await boss.presses("🔑 管户")
        await boss.presses("🔁 改派…")
        await boss.presses(name)
        await boss.presses("负荷调整")
    await wang.presses("保存")
    await zhou.presses("保存")
    await zhou.sees("管户人刚刚变更")
    assert (await Customer.get(id=customer)).owner_id == town.bank.staff["1002"]
    assert await Assignment.all().count() == 1


async def test_a_customer_is_shared_and_taken_back(town: Town) -> None:
    li, zhao = town.phone("1001"), town.phone("1004")
    await zhao.says("/find 华兴机械")
    await zhao.sees("没有找到")
    await li.says("华兴机械")
    await li.presses("🏦 我行")
    await li.presses("🔑 管户")
    await li.presses("🤝 共享…")
    await li.says("赵磊")
    await li.sees("对方可以做什么？")
    await li.presses("可跟进")
    await li.presses("保存")
    await li.sees("已共享给赵磊")
    await zhao.sees("李伟与您共享")
    await zhao.says("华兴机械")
    await zhao.sees("上海华兴机械制造有限公司")
    await zhao.says("今天拜访华兴机械,想续贷500万")
    await zhao.presses("保存")
    await zhao.sees("已保存")
    await li.presses("👥 管户情况")
    await li.presses("✕ 赵磊")
    await zhao.sees("已取消共享")
    await zhao.says("/find 华兴机械")
    await zhao.sees("没有找到", fresh=True)
    assert (await Collaboration.first()).ended_at is not None


async def test_who_may_only_read_logs_nothing(town: Town) -> None:
    li, zhao = town.phone("1001"), town.phone("1004")
    await li.says("华兴机械")
    await li.presses("🏦 我行")
    await li.presses("🔑 管户")
    await li.presses("🤝 共享…")
    await li.says("1004")
    await li.presses("只能查看")
    await li.presses("保存")
    await zhao.says("华兴机械")
    await zhao.sees("上海华兴机械制造有限公司")
    assert "📝 记录" not in zhao.buttons()
    assert "🔁 改派…" not in zhao.buttons()


async def test_a_customer_is_released_and_claimed(town: Town) -> None:
    li, chen = town.phone("1001"), town.phone("1002")
    customer = town.bank.customers["C001"]
    await li.says("华兴机械")
    await li.presses("🏦 我行")
    await li.presses("🔑 管户")
    await li.presses("♻️ 退回公海…")
    await li.presses("无进展")
    await li.presses("保存")
    await li.sees("已进入公海")
    assert (await Customer.get(id=customer)).owner_id is None
    await chen.says("/pool")
    await chen.sees("上海华兴机械制造有限公司")
    await chen.presses("认领 1")
    await chen.sees("现由您管户")
    assert (await Customer.get(id=customer)).owner_id == town.bank.staff["1002"]
    await chen.says("/pool")
    await chen.sees("公海里没有客户")


async def test_who_released_a_customer_waits_before_claiming_it_again(town: Town) -> None:
    li = town.phone("1001")
    await li.says("华兴机械")
    await li.presses("🏦 我行")
    await li.presses("🔑 管户")
    await li.presses("♻️ 退回公海…")
    await li.presses("无进展")
    await li.presses("保存")
    await li.says("/pool")
    answer = await li.presses("认领 1")
    assert "起可以认领" in answer.text


async def test_nobody_claims_more_than_the_rule_allows(town: Town) -> None:
    head = await town.bank.acting("1007", town.clock.now())
    await perform(head, SetPoolRule("A", 1, 30, 90), "rule")
    await Customer.filter(id=town.bank.customers["C001"]).update(owner_id=None)
    chen = town.phone("1002")
    await chen.says("/pool")
    answer = await chen.presses("认领 1")
    assert "认领上限为 1 户" in answer.text


async def test_another_branch_neither_sees_nor_claims_what_lies_in_the_pool(town: Town) -> None:
    await Customer.filter(id=town.bank.customers["C001"]).update(owner_id=None)
    zhao = town.phone("1004")
    await zhao.says("/pool")
    await zhao.sees("公海里没有客户")
    await zhao.presses_raw(zhao.last.message_id, f"r:claim:{town.bank.customers['C001']}")
    assert (await Customer.get(id=town.bank.customers["C001"])).owner_id is None


async def test_a_portfolio_is_handed_over_at_once(town: Town) -> None:
    li, chen, wang = town.phone("1001"), town.phone("1002"), town.phone("1003")
    await promised(town)
    await wang.says("/team")
    await wang.sees("李伟")
    number = next(line for line in wang.last.text.splitlines() if "李伟" in line)[0]
    await wang.presses(number)
    await wang.sees("4 户")
    await wang.presses("📦 移交…")
    await wang.presses("离职")
    await wang.sees("4 户")
    await wang.sees("1 项跟进一并移交")
    await wang.presses("接手人")
    await wang.presses("陈静")
    await wang.presses("✓ 完成")
    await wang.sees("陈静 +4 (A4) → 5")
    await wang.presses("✓ 移交")
    await wang.sees("李伟的 4 户已移交")
    await chen.sees("4 户现由您管户，来自李伟")
    await chen.presses("📋 交接包")
    await chen.sees("第 1 户，共 4 户")
    await chen.presses("下一户 ›")
    await chen.sees("第 2 户，共 4 户")
    await li.sees("4 户已由陈静接手")
    owner = town.bank.staff["1002"]
    assert await Customer.filter(owner_id=owner).count() == 5
    first = await Assignment.filter(kind="hand_over").first()
    await chen.presses_raw(chen.last.message_id, f"r:accept:{first.id}")
    await chen.sees("已接收 4 户")
    assert await Assignment.filter(kind="hand_over", accepted_at=None).count() == 0
    assert await FollowUp.filter(owner_id=owner, status="open").count() == 1


async def test_a_portfolio_is_handed_over_in_english_by_place(english_town: Town) -> None:
    town = english_town
    await Customer.filter(id=town.bank.customers["C002"]).update(city="苏州")
    wang, chen = town.phone("1003"), town.phone("1002")
    await opens(town, "1003", "member", town.bank.staff["1001"])
    await wang.presses("📦 Hand over…")
    await wang.presses("Workload")
    await wang.presses("Which")
    await wang.presses("苏州")
    await wang.sees("1 customer")
    await wang.presses("✓ Hand over")
    await wang.sees("1 customer of Li Wei was handed over")
    await chen.sees("is yours now, from Li Wei")


async def test_what_changed_meanwhile_is_not_handed_over(town: Town) -> None:
    wang, chen = town.phone("1003"), town.phone("1002")
    await opens(town, "1003", "member", town.bank.staff["1001"])
    await wang.presses("📦 移交…")
    await wang.presses("离职")
    await Customer.filter(id=town.bank.customers["C001"]).update(owner_id=town.bank.staff["1002"])
    await wang.presses("✓ 移交")
    await wang.sees("管户人刚刚变更")
    assert await Assignment.all().count() == 0
    await wang.presses("范围")
    await wang.presses("全部")
    await wang.sees("3 户")
    await wang.presses("✓ 移交")
    await wang.sees("3 户已移交")
    assert not chen.contains("4 户现由您管户")


async def test_an_untouched_customer_goes_to_the_pool_after_owner_and_leader_were_asked(
    town: Town,
) -> None:
    li, wang = town.phone("1001"), town.phone("1003")
    customer = town.bank.customers["C001"]
    others = [town.bank.customers[one] for one in town.bank.customers if one != "C001"]
    await Customer.filter(id__in=others).update(owner_id=town.bank.staff["1003"])
    await Staff.filter(id=town.bank.staff["1003"]).update(role="team_leader")
    await Customer.filter(id__in=others).update(last_contact_at=town.clock.now() + timedelta(90))
    await town.at(9, 0, days=49)
    await li.sees("久未联系")
    await li.sees("华兴机械")
    assert not wang.contains("收回公海吗")
    await town.at(9, 0, days=1)
    await town.at(9, 0, days=1)
    await wang.sees("李伟有 1 户久未联系")
    await wang.presses("♻️ 回公海")
    await li.sees("已进入公海")
    assert (await Customer.get(id=customer)).owner_id is None
    await li.presses("申诉…")
    await li.says("下周签合同")
    await li.sees("由主管裁定")
    await wang.sees("李伟对收回")
    await wang.sees("下周签合同")
    await wang.presses("退还")
    await li.sees("已将华兴机械退还给您")
    assert (await Customer.get(id=customer)).owner_id == town.bank.staff["1001"]
    kinds = await Assignment.all().order_by("id").values_list("kind", flat=True)
    assert kinds == ["recycle", "restore"]


async def test_a_contact_keeps_an_untouched_customer(english_town: Town) -> None:
    town = english_town
    li, wang = town.phone("1001"), town.phone("1003")
    for firm in ("C002", "C003", "C004", "C005", "C006", "C007"):
        await Customer.filter(id=town.bank.customers[firm]).update(
            last_contact_at=town.clock.now() + timedelta(90)
        )
    await town.at(9, 0, days=49)
    await li.sees("Nobody was in touch with Shanghai Huaxing Machinery")
    await li.says("visited Huaxing Machinery this morning, wants a loan of 5m")
    await li.presses("Save")
    await town.at(9, 0, days=1)
    await town.at(9, 0, days=1)
    assert not wang.contains("To the shared pool?")


async def test_five_hundred_customers_are_handed_over_by_one_card(town: Town) -> None:
    li, chen, new = (town.bank.staff[number] for number in ("1001", "1002", "1011"))
    unit = town.bank.units["team_a"]
    newcomer = town.phone("1011")
    await newcomer.says("/start")
    await Staff.filter(id=new).update(chat_id=newcomer.user_id)
    await Customer.bulk_create(
        Customer(
            name_zh=f"上海企业{number}有限公司", name_en=f"Firm {number}", unit_id=unit,
            owner_id=li, grade="ABCD"[number % 4], city="苏州" if number % 3 else "上海",
            industry="CF"[number % 2], status="at_risk" if number % 2 else "active",
            created_at=town.clock.now(),
        )
        for number in range(496)
    )  # fmt: skip
    wang = town.phone("1003")
    before = {row["id"]: row for row in await Customer.filter(owner_id=li).values()}
    assert len(before) == 500
    await opens(town, "1003", "member", li)
    await wang.sees("500 户")
    await wang.presses("📦 移交…")
    await wang.presses("离职")
    card = await wang.sees("500 户")
    assert "陈静 +" in card.text
    assert "新同事 +" in card.text
    await wang.presses("✓ 移交")
    await wang.sees("500 户已移交")
    counts = {one: await Customer.filter(owner_id=one).count() for one in (li, chen, new)}
    assert counts[li] == 0
    assert sum(counts.values()) == 501
    assert abs(counts[chen] - counts[new]) <= 20
    moved = await Assignment.filter(kind="hand_over").values("customer_id", "reason", "at")
    assert {one["customer_id"] for one in moved} == before.keys()
    assert len({one["at"] for one in moved}) == 1
    for row in await Customer.filter(id__in=list(before)).values():
        changed = {name for name in row if row[name] != before[row["id"]][name]}
        assert changed == {"owner_id", "owner_since"}


async def test_a_leader_gives_out_what_lies_in_the_pool(town: Town) -> None:
    await Customer.filter(id__in=[1, 2]).update(owner_id=None)
    wang = town.phone("1003")
    await wang.says("/pool")
    await wang.presses("📦 分配…")
    await wang.presses("负荷调整")
    await wang.sees("移交人: 公海")
    await wang.presses("✓ 移交")
    await wang.sees("公海的 2 户已移交")
    owners = set(await Customer.filter(id__in=[1, 2]).values_list("owner_id", flat=True))
    assert owners <= {town.bank.staff[number] for number in ("1001", "1002", "1011")}
    moved = await Assignment.filter(from_staff_id=None).values_list("kind", "to_unit_id")
    assert moved == [("hand_over", town.bank.units["team_a"])] * 2


async def test_who_keeps_customers_gives_out_nothing(town: Town) -> None:
    await Customer.filter(id=1).update(owner_id=None)
    li = town.phone("1001")
    await li.says("/pool")
    assert "📦 分配…" not in li.buttons()
    answer = await li.presses_raw(li.last.message_id, "s:hand_over:0")
    assert "没有这个权限" in answer.text
