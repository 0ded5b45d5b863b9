// The page's own words in Chinese and English; what the bot and people write is not touched.
const WORDS = {
  product: ["Roundsman", "Roundsman"], subtitle: ["本地 Telegram，演示数据", "A local Telegram with made-up data"],
  clock: ["模拟时钟", "Simulated clock"], plus10: ["+10 分钟", "+10 min"], plus60: ["+1 小时", "+1 hour"],
  tomorrow: ["次日 08:30", "Next day 08:30"], addPhone: ["添加陌生人", "Add a stranger"],
  toDark: ["切换到深色", "Switch to dark"], toLight: ["切换到浅色", "Switch to light"], language: ["Switch the page to English", "页面切换为中文"],
  langLabel: ["EN", "中文"], people: ["手机", "Phones"], nobody: ["没有显示的手机，请在上方选择", "No phone is shown: choose one above"],
  offline: ["连接中断，正在重连…", "Connection lost, trying again…"], notice: ["通知", "Notice"], ok: ["好", "OK"], cancel: ["取消", "Cancel"],
  send: ["发送", "Send"], menu: ["更多操作", "More actions"], block: ["屏蔽机器人", "Block the bot"], unblock: ["解除屏蔽", "Unblock the bot"],
  phoneZh: ["手机语言：中文", "Phone language: 中文"], phoneEn: ["手机语言：English", "Phone language: English"],
  deepLink: ["打开深层链接…", "Open a deep link…"], deepLinkTitle: ["打开深层链接", "Open a deep link"],
  deepLinkField: ["start 参数或 t.me 链接", "Start parameter or t.me link"], open: ["打开", "Open"],
  ownContact: ["发送我的号码", "Send my phone number"], noNumber: ["这部手机没有号码", "This phone has no number"],
  bot: ["机器人", "bot"], typing: ["正在输入…", "typing…"], messages: ["消息", "Messages"], toEnd: ["跳到最新消息", "Go to the newest message"],
  write: ["消息", "Message"], attach: ["附件", "Attach"], commands: ["命令", "Commands"], noCommands: ["机器人没有设置命令", "The bot has set no commands"],
  photo: ["照片", "Photo"], file: ["文件", "File"], voice: ["语音（音频文件）", "Voice (audio file)"], voiceMessage: ["语音消息", "Voice message"],
  location: ["位置", "Location"], contact: ["他人名片", "Somebody's contact"], caption: ["说明（可不填）", "Caption (optional)"],
  sendPhoto: ["发送照片", "Send a photo"], sendFile: ["发送文件", "Send a file"], sendVoice: ["发送语音", "Send a voice message"],
  placeTitle: ["发送位置", "Send a location"], coordinates: ["或输入纬度, 经度", "Or type latitude, longitude"], badCoordinates: ["请写成 31.2304, 121.4737", "Write it like 31.2304, 121.4737"],
  contactTitle: ["发送他人名片", "Send somebody's contact"], name: ["姓名", "Name"], number: ["手机号", "Phone number"],
  needBoth: ["请填写姓名和手机号", "A name and a number are needed"], start: ["开始", "START"], startInvite: ["打开邀请并开始", "Open the invitation"],
  emptyTitle: ["还没有消息", "No messages here yet"], emptyText: ["点下方按钮，像在 Telegram 里一样开始和机器人对话。", "Tap the button below to talk to the bot, as in Telegram."],
  emptyInvite: ["这部手机收到了一条邀请链接。点下方按钮打开它。", "This phone was sent an invitation link. Tap the button below to open it."],
  reply: ["回复", "Reply"], copy: ["复制文字", "Copy text"], edit: ["编辑", "Edit"], remove: ["删除", "Delete"], copied: ["已复制到剪贴板", "Copied to the clipboard"],
  messageMenu: ["消息操作", "Message actions"], editing: ["编辑消息", "Edit message"], edited: ["已编辑", "edited"], protected: ["受保护：不可转发或保存", "Protected: cannot be forwarded or saved"],
  via: ["来自", "via"], unsupported: ["这里无法显示此消息", "This message cannot be shown here"], download: ["下载", "Download"], play: ["播放", "Play"],
  contactCard: ["联系人", "Contact"], venue: ["地点", "Venue"], inlineResults: ["内联结果", "Inline results"], more: ["更多结果", "More results"],
  searching: ["正在查询…", "Asking the bot…"], nothing: ["没有结果", "No results"], keyboardShow: ["显示键盘", "Show the keyboard"], keyboardHide: ["收起键盘", "Hide the keyboard"],
  shareNumber: ["把 {0} 的号码发给机器人？", "Share the number of {0} with the bot?"], share: ["发送", "Share"], shareTitle: ["发送号码", "Share phone number"],
  today: ["今天", "Today"], yesterday: ["昨天", "Yesterday"], strangerTitle: ["添加一部手机", "Add a phone"], strangerName: ["机主姓名", "Name of the owner"],
  strangerPhone: ["手机号（可不填）", "Phone number (optional)"], stranger: ["陌生人", "stranger"], add: ["添加", "Add"], needName: ["请填写姓名", "A name is needed"],
  stuck: ["机器人没有回应", "The bot did not answer"], blockedNow: ["已屏蔽机器人", "The bot is blocked"], you: ["你", "You"], kb: ["KB", "KB"], opensLink: ["打开链接", "Opens a link"],
  unread: ["未读", "unread"], deleteTitle: ["删除消息", "Delete message"], deleteText: ["双方都将看不到这条消息。", "It will be gone for both sides."], tooBig: ["文件太大（最大 20 MB）", "The file is too big (20 MB at most)"],
};

const params = new URLSearchParams(location.search);
const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
export const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a private window */ } };
const wanted = params.get("lang") ?? kept("lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
export let lang = wanted === "zh" ? "zh" : "en";

export function setLang(value) {
  lang = value;
  keep("lang", value);
}

export function t(key, ...values) {
  const words = WORDS[key]?.[lang === "zh" ? 0 : 1] ?? key;
  return values.reduce((text, value, at) => text.replace(`{${at}}`, value), words);
}

const WEEKDAYS = { zh: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"], en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// Days and times are read off the zone's own wall clock ("2026-11-23T09:00:00+08:00"), so the
// browser's own time zone never matters.
export function wallClock(iso) {
  const [year, month, day, hour, minute, second] = iso.match(/\d+/g).map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

export function dayWords(moment, today = null) {
  const month = moment.getUTCMonth();
  const day = moment.getUTCDate();
  if (today !== null) {
    const apart = Math.round((Math.floor(today / 864e5) - Math.floor(moment / 864e5)));
    if (apart === 0) return t("today");
    if (apart === 1) return t("yesterday");
    const year = moment.getUTCFullYear();
    const other = year !== today.getUTCFullYear();
    if (lang === "zh") return `${other ? `${year}年` : ""}${month + 1}月${day}日`;
    return `${day} ${MONTHS[month]}${other ? ` ${year}` : ""}`;
  }
  const weekday = WEEKDAYS[lang][moment.getUTCDay()];
  return lang === "zh" ? `${weekday}  ${month + 1}月${day}日` : `${weekday} ${day} ${MONTHS[month]}`;
}

export const timeWords = (moment) => moment.toISOString().slice(11, 16);
