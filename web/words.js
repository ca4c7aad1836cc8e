// The page's own words, in both languages. What figures, steps and operations are called, the engine says.
import { state } from './state.js';

const phrases = {
  sentence: ['Text', '文本'],
  type: ['Type a text', '写一段文字'],
  theme: ['Light or dark', '明暗'],
  map: ['Map of the model', '模型总览'],
  line: ['Stages', '各步'],
  views: ['View', '视图'],
  viewsHere: ['This part', '这一部分'],
  viewsWhole: ['The whole', '整体'],
  download: ['Download this figure as SVG', '下载这幅图（SVG）'],
  present: ['Present: the figure alone', '演示：只留这幅图'],
  back: ['Back', '上一步'],
  next: ['Next', '下一步'],
  play: ['Play', '播放'],
  pause: ['Pause', '暂停'],
  speed: ['Speed: {name}', '速度：{name}'],
  slow: ['slow', '慢'],
  normal: ['normal', '正常'],
  fast: ['fast', '快'],
  count: ['Stage {n} of {all}', '第 {n} 步，共 {all} 步'],
  notes: ['Notes', '讲稿'],
  frames: ['Pictures of this figure', '这幅图的各个画面'],
  frame: ['Picture {n} of {all}', '第 {n} 个画面，共 {all} 个'],
  asks: ['Ask with this token: “{token}”, position {n}', '以“{token}”（位置 {n}）为查询'],
  walk: ['Arrow keys walk the numbers, Enter asks how one came to be.', '方向键在数字间走动，回车问它怎么来的。'],
  why: ['Why this number?', '这个数从哪里来？'],
  close: ['Close', '关闭'],
  claim: [
    'Every number here was computed just now, in this page, by the model itself. Press one to see its arithmetic; press an operand to follow it, back to the token.',
    '这里的每个数，都是模型刚刚在这个页面里算出来的。点一个数，看它的算式；再点算式里的数，一直追到词元。'],
  claimServed: [
    'Every number here was computed just now, by the model itself, on the server that shows this page. Press one to see its arithmetic; press an operand to follow it back to the token.',
    '这里的每个数，都是模型刚刚在提供这个页面的服务器上算出来的。点一个数，看它的算式；再点算式里的数，一直追到词元。'],
  claimServedShort: ['Every number is the model’s own, computed on the server.', '每个数都是模型在服务器上算出来的。'],
  timeServed: ['{n} ms, from the server', '{n} 毫秒，来自服务器'],
  room: ['Room', '课堂'],
  roomFollow: ['Follow', '跟随'],
  roomReaders: ['{n} following', '{n} 人跟随'],
  voteOpen: ['Vote', '投票'],
  voteNext: ['Which comes next?', '下一个是什么？'],
  voteCount: ['Votes: {n}', '已投 {n} 票'],
  voteTaken: ['Your vote is counted; you may still change it.', '已记下你的一票，还可以改。'],
  voteClose: ['Show the votes', '公布结果'],
  voteEnd: ['Done', '结束投票'],
  claimShort: ['Every number is the model’s own, computed in this page.', '每个数都是模型在这个页面里算出来的。'],
  run: ['Run', '运行'],
  lesson: ['Chapter', '课文'],
  steps: ['Steps of the chapter', '本章各步'],
  figureOf: ['Figure {n}', '图 {n}'],
  given: ['This run is over: any of its numbers can be asked, no other text typed.', '这是一次已结束的运行：每个数都能追问，但不能另写文字。'],
  givenSlides: ['This run is over; its figures are drawn.', '这是一次已结束的运行，图已画好。'],
  claimRun: [
    'Every number here is the run’s own, as it was recorded. Press one to see its arithmetic; press an operand to follow it back.',
    '这里的每个数都是那次运行自己的，原样记录。点一个数，看它的算式；再点算式里的数，一路往回追。'],
  runShort: ['Every number is the run’s own, as it was recorded.', '每个数都是那次运行自己的，原样记录。'],
  slidesShort: ['Every picture was drawn from the run’s own numbers.', '每幅图都由那次运行自己的数画成。'],
  keyStep: ['step through the model', '一步一步走过模型'],
  keyTab: ['into the figure', '进入图'],
  keyWalk: ['from number to number', '在数字间走动'],
  keyAsk: ['ask how it came to be', '问它怎么来的'],
  keyBack: ['back', '返回'],
  goesOn: ['Goes on into', '接着进入'],
  nowhere: ['Nothing reads this number.', '没有哪一步读这个数。'],
  whole: ['All numbers of this step', '这一步的全部数字'],
  product: ['product', '乘积'],
  mean: ['mean', '平均'],
  variance: ['variance', '方差'],
  ofCount: ['of {n} numbers', '（{n} 个数）'],
  largest: [
    'The {n} largest of {all}; the other {rest} add {sum}. Show all', '{all} 项中最大的 {n} 项；其余 {rest} 项合计 {sum}。全部列出'],
  fewer: ['Only the largest', '只看最大的几项'],
  skipped: ['{n} more', '还有 {n} 项'],
  time: ['{n} ms, in this page', '{n} 毫秒，就在本页'],
  restarted: ['The engine stopped and was started anew.', '引擎中断，已重新启动。'],
  code: ['The address as a QR code', '地址的二维码'],
  drop: ['A trace file that is dropped on this page is drawn.', '把记录文件（trace）拖到这个页面上，就会画出来。'],
  open: ['Open a trace file …', '打开记录文件……'],
  tooLarge: ['{name}: a page holds runs of up to {most} MiB.', '{name}：网页最多装得下 {most} MiB 的运行。'],
  fileAway: ['{name} was opened from a file: open it again to see it.', '{name} 是从文件打开的：请重新打开。'],
  gone: ['The server does not answer; trying again …', '服务器没有应答，正在重试……'],
  failed: ['The engine could not start: {why}', '引擎无法启动：{why}'],
  scaled: ['Drawn at its least size and scaled down.', '按最小尺寸画出，再缩小显示。'],
  maskHint: ['Write {mask} for a word to be guessed.', '用 {mask} 代替要猜的词。'],
  likely: ['After “{token}”', '“{token}”之后'],
  hidden: ['In place of “{token}”, position {n}', '“{token}”处，位置 {n}'],
  sheet: ['Numbers of this figure as tables', '这幅图的数，列成表'],
  sheetNone: ['No numbers are known of this figure.', '这幅图里没有可以列出的数。'],
  sheetCut: ['At most the first {n} of a side.', '每边最多列前 {n} 个。'],
  sheetPlace: ['place', '位置'],
  sheetValue: ['value', '数值'],
  loading: ['Starting the engine …', '正在启动引擎……'],
};

/** A text that runs from right to left leaves the order of the words around it. */
const apart = text => /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text;

/** A word in the reader's language, `{name}` filled in. */
export function say(name, values = {}) {
  const text = phrases[name][state.language === 'zh-Hans' ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (whole, key) => key in values ? apart(values[key]) : whole);
}

/** More words: those of a part of the page. */
export const learnWords = more => { Object.assign(phrases, more); };
